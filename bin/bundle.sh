# Sourced. Opens a bundle: its version is resolved once, then code and manifest are on descriptors 4 and 5.

# Sets $digest, $allowed (centiseconds), $data (bytes), $log and lists of events from the bundle's launch file: those that
# policies watch, and of these where they need the running guests, mean to end what runs, rewrite. No digest covers the
# file, so it must be what build writes, key by key.
open_bundle() {
	cd -P "$bundle/current" 2>/dev/null && is_readable launch ||
		fail bundle "there is no bundle in $bundle; make one with: virt-warden build"
	refuse_writable
	format='' time='' data='' watch='' guests='' kill='' rewrite='' whole='' keys=''
	while read -r key value; do
		case $key in
		virt-warden-bundle) format=$value ;;
		digest) digest=$value ;;
		deadline) time=$value ;;
		data) data=$value ;;
		log) bundle_log=$value ;;
		watch) watch=$value ;;
		guests) guests=$value ;;
		kill) kill=$value ;;
		rewrite) rewrite=$value ;;
		esac
		keys="$keys $key"
	done <launch
	# each once and in its order: two lines that became one would take the second's rules away
	case $format$keys in
	'1 virt-warden-bundle digest deadline data log watch end') whole=yes ;;
	'2 virt-warden-bundle digest deadline data log watch guests kill rewrite end') whole=yes ;;
	esac
	for event in $watch $guests $kill $rewrite; do
		is_known "${event%%/*}" "${event#*/}" || whole=''
	done
	case $format in
	'' | 1 | 2) ;;
	*) fail bundle "the bundle in $bundle has format $format, not 2; make it anew with: virt-warden build" ;;
	esac
	is_number "$time" && is_number "$data" || whole=''
	[ -n "$whole" ] && [ -n "$format" ] && [ -n "$digest" ] && is_readable policies.js && is_readable manifest.json ||
		fail bundle "the bundle in $bundle is not whole; make it anew with: virt-warden build"
	log=$bundle_log allowed=$time
	look_for_break_glass
	exec 4<policies.js 5<manifest.json
	cd /
	use_pack
	remove_built
}

# Refuses a bundle that somebody else than its reader and root may change: its rules could be anybody's.
refuse_writable() {
	find_writable || return 0
	case $found in
	..) found=versions ;;
	../..) found='' ;;
	*) found=current/${found#.} ;;
	esac
	fail bundle "others than root may write to ${bundle%/}/$found, or it is a link; chown root and chmod go-w it, or build anew"
}

# Sets $found to a part of the bundle, whose version is the working folder, that others may change; returns 1 for none.
find_writable() {
	[ -n "$caller" ] || find_user || return 0
	set -- . .. ../..
	for file in launch policies.js manifest.json; do
		[ -L "$file" ] && found=$file && return
		! [ -e "$file" ] || set -- "$@" "$file"
	done
	look_at "$@"
	[ -n "$found" ]
}

# Sets $found to the first of files that others than root and this user may change. The same program tells $size, the
# document's in bytes, where that can be told already, and whether $pack is only ours.
look_at() {
	[ -z "$pack" ] || set -- "$@" "$pack"
	! is_readable /proc/self/fd/0 || set -- "$@" /proc/self/fd/0
	lines=$(find -H "$@" -maxdepth 0 \( -path /proc/self/fd/0 -printf 'size %s\n' -o \
		\( -perm /022 -o ! -uid 0 ! -uid "$caller" \) -print \) 2>/dev/null) || lines=.
	found=''
	set -f
	IFS=$newline
	for line in $lines; do
		case $line in
		'size '*) size=${line#size } ;;
		"$pack") pack='' ;;
		*) found=${found:-$line} ;;
		esac
	done
	unset IFS
	set +f
}

# Prints where the bundle says that its log is, if it can be believed.
find_log() (
	cd -P "$bundle/current" 2>/dev/null && is_readable launch && ! find_writable || return
	sed -n '/^log \//{s/^log //p;q;}' launch
)

# Whether $1 is a whole number that the shell can compute with.
is_number() {
	case $1 in '' | 0* | *[!0-9]*) return 1 ;; esac
	[ ${#1} -le 12 ]
}

# Removes the bundle that was built for this call alone.
remove_built() {
	[ -z "$built" ] || rm -rf -- "$built"
	built=''
}

# Builds a bundle from $config in memory, outside the deadline, for `hook --config`.
build_bundle() {
	[ -z "$runtime_problem" ] || fail evaluator "$runtime_problem"
	for folder in /run /dev/shm /tmp; do
		built=$(mktemp -d "$folder/virt-warden.XXXXXX" 2>/dev/null) && break
	done
	[ -n "$built" ] || fail bundle "there is no folder for short-lived files; tried /run, /dev/shm and /tmp"
	bundle=$built
	problem=$(timeout -s KILL 120 env -i PATH="$PATH" LC_ALL=C \
		"$node" "$root/dist/cli.js" build --config "$config" --out "$bundle" </dev/null 2>&1 >/dev/null 3>&-) && return
	fail bundle "cannot build from $config: ${problem%%"$newline"*}"
}

parts="$parts bundle"
