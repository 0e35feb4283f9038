# Sourced. Opens a bundle: its version is resolved once, then code and manifest are on descriptors 4 and 5.

# Sets $digest, $allowed (centiseconds), $data (bytes), $log and $watch from the bundle's launch file.
open_bundle() {
	cd -P "$bundle/current" 2>/dev/null && [ -r launch ] ||
		fail bundle "there is no bundle in $bundle; make one with: virt-warden build"
	format='' data='' watch='' whole=''
	while read -r key value; do
		case $key in
		virt-warden-bundle) format=$value ;;
		digest) digest=$value ;;
		deadline) allowed=$value ;;
		data) data=$value ;;
		log) bundle_log=$value ;;
		watch) watch=$value ;;
		end) whole=yes ;;
		esac
	done <launch
	[ -z "$format" ] || [ "$format" = 1 ] ||
		fail bundle "the bundle in $bundle has format $format, not 1; make it anew with: virt-warden build"
	case "${allowed:-x}${data:-x}" in *[!0-9]*) whole='' ;; esac
	[ -n "$whole" ] && [ -n "$format" ] && [ -n "$digest" ] && [ -r policies.js ] && [ -r manifest.json ] ||
		fail bundle "the bundle in $bundle is not whole; make it anew with: virt-warden build"
	log=$bundle_log
	exec 4<policies.js 5<manifest.json
	cd /
	[ -z "$config" ] || rm -rf -- "$bundle"
}

# Builds a bundle from $config in memory, outside the deadline, for `hook --config`.
build_bundle() {
	[ -z "$runtime_problem" ] || fail evaluator "$runtime_problem"
	for folder in /dev/shm "${TMPDIR:-/tmp}" /run; do
		bundle=$(mktemp -d "$folder/virt-warden.XXXXXX" 2>/dev/null) && break
	done
	[ -n "$bundle" ] || fail bundle "there is no folder for short-lived files; tried /dev/shm, /tmp and /run"
	problem=$(timeout -s KILL 120 env -i PATH="$PATH" LC_ALL=C \
		"$node" "$root/dist/cli.js" build --config "$config" --out "$bundle" </dev/null 2>&1 >/dev/null 3>&-) && return
	rm -rf -- "$bundle"
	fail bundle "cannot build from $config: ${problem%%"$newline"*}"
}
