#!/bin/sh
# libvirt's qemu hook as people write it with xmllint: OBJECT OPERATION SUBOPERATION EXTRA, the document on stdin.
case $2 in
prepare | migrate | restore) ;;
*) exit 0 ;;
esac
mode=$(xmllint --nonet --xpath 'string(/domain/cpu/@mode)' - 2>/dev/null) || {
	echo "the document cannot be read" >&2
	exit 3
}
case $mode in
host-passthrough | maximum)
	echo "CPU mode $mode ties the guest to this host; use host-model or a named model" >&2
	exit 1
	;;
esac
