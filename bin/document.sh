# Sourced. The document that libvirt writes to stdin.

# libvirt's own limit for a string, in bytes
max_document=4194304
no_room="there is no room for a document in /run, /dev/shm or /tmp"

# Whether $1 is a file that can be opened without waiting for anybody.
is_readable() {
	[ -f "$1" ] && [ -r "$1" ]
}

# Puts stdin into a file without a name, so that a second run of the evaluator can read it again. A file is read as
# it is.
spool_document() {
	if [ "$hook" = daemon ]; then
		exec </dev/null
		return
	fi
	spool=''
	! is_readable /proc/self/fd/0 || return 0
	! [ -d /proc/self/fd/0 ] || fail evaluator "stdin is a folder, not a document"
	read -r id </proc/sys/kernel/random/uuid
	for folder in /run /dev/shm /tmp; do
		make_spool "$folder" && break
	done
	[ -n "$spool" ] || fail evaluator "$no_room"
	exec 3<>"$spool"
	rm -f -- "$spool" &
	# a byte more than is allowed shows that there was more
	seconds=$((allowed / 100)).$((allowed / 10 % 10))$((allowed % 10))
	{ report=$(timeout --foreground -s KILL "$seconds" dd bs=65536 iflag=fullblock,count_bytes count=$((max_document + 1)) 2>&1 >&3); } 2>/dev/null
	case $? in
	0) ;;
	137) wait; fail deadline "the document did not end in time" ;;
	*) wait; fail evaluator "$no_room" ;;
	esac
	wait
	exec 0</proc/self/fd/3 3>&-
	# its last line begins with the number of bytes
	report=${report##*"$newline"} size=${report%% *}
}

# Sets $size to the document's, in bytes, unless that is known.
measure_document() {
	[ -z "$size" ] || return 0
	size=0
	! is_readable /proc/self/fd/0 || size=$(find -H /proc/self/fd/0 -printf %s)
}

# Makes an empty file in folder $1 that was not there, and sets $spool to it; fails where a document of full size would
# not fit. The last folder is taken as it is, since not every file system tells.
make_spool() {
	spool=$1/virt-warden.$id
	umask 077
	set -C
	{ true >"$spool"; } 2>/dev/null || spool=''
	set +C
	umask 027
	[ -n "$spool" ] || return
	[ "$1" != /tmp ] || return 0
	# where a limit ends it, the shell itself would speak
	if { fallocate -l $((max_document + 1)) "$spool"; } 2>/dev/null && : >"$spool"; then
		return
	fi
	rm -f -- "$spool"
	spool=''
	return 1
}

# At a daemon's restart libvirt reports the ports of running guests again, and a refusal would detach their
# interfaces. Prints `attached` where a running guest's state file already holds the port, else `-`.
port_state() {
	if [ "$hook/$operation" = network/port-created ]; then
		# only the port's own UUID, which libvirt draws: the owner's is whatever its definer chose, even another's port
		uuid=$(document | sed -n '/<networkport>/,/<owner>/s|^ *<uuid>\([0-9a-f-]\{36\}\)</uuid>$|\1|p')
		if [ ${#uuid} = 36 ] && grep -qsF "portid='$uuid'" /run/libvirt/*/*.xml; then
			echo attached
			return
		fi
	fi
	echo -
}

# Prints the document, from its beginning where it can be read again.
document() {
	if is_readable /proc/self/fd/0; then
		cat </proc/self/fd/0
	else
		timeout --foreground -s KILL 5 head -c $max_document
	fi
}

parts="$parts document"
