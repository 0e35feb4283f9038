# Sourced by the launcher: hook [OPTIONS] HOOK OBJECT OPERATION SUBOPERATION EXTRA, with --bundle DIR or --config FILE, and
# with options of the installed script's: by --status-base it can tell an answer, which is N more, from any accident;
# --left says how many centiseconds are left of the decision's time; --socket and --client name a warm evaluator to ask
# first, and what to ask it by.
# The outer side of a hook call, as root on a host: no XML, no policy, no YAML. It fails closed where refusing stops an
# admission, and never where it would end a running guest.

# closed ones would be taken by the first file that is opened
if [ -d /proc/self/fd ]; then
	[ -e /proc/self/fd/0 ] || exec </dev/null
	[ -e /proc/self/fd/1 ] || exec >/dev/null
	[ -e /proc/self/fd/2 ] || exec 2>/dev/null
fi
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
unset CDPATH OMP_NUM_THREADS OMP_THREAD_LIMIT
umask 027
# limits that were inherited must not decide: whoever may lifts them; the wall sets its own
for limit in d f l m t v; do
	ulimit -$limit unlimited || ulimit -S -$limit "$(ulimit -H -$limit)"
done 2>/dev/null
# each part says at its end that it is whole
parts=''
all_parts=' events document outcome runtime wall guests evaluate break-glass bundle queue'
for part in $all_parts; do
	. "$root/bin/$part.sh"
done
[ "$parts" = "$all_parts" ] || exit

# everything is set before it is used, so that nothing comes from the caller's environment
bundle=/var/lib/virt-warden/bundle config='' digest='' allowed=1000
log=/var/log/virt-warden/decisions.log bundle_log='' watch='' guests='' kill='' rewrite='' built='' problem='' runtime_problem='' id='' skipped='' caller='' denials='' rewritten=''
source='' granted='' glass='' glass_problem='' count=0 socket='' client='' size='' left='' pack='' packed=/dev/null
hook='' object='' operation=$asked_for
# a closed pipe, or a limit for files, must not end us
trap '' PIPE XFSZ
trap 'fail evaluator "interrupted by a signal"' HUP INT TERM

# $1 what is wrong
usage() {
	printf 'virt-warden: %s\n' "$1" \
		'usage: virt-warden hook [--bundle DIR | --config FILE] [--left CENTISECONDS] [--socket PATH --client WORD] HOOK OBJECT OPERATION SUBOPERATION EXTRA' >&2
	answered=yes
	# a mistake in the script that calls us must not end running guests
	is_operation "$asked_for" && ! refuses '' "$asked_for" && exit 0
	exit 64
}

while :; do
	case $1 in
	--status-base)
		case $2 in [1-9]0 | 1[0-9]0) base=$2 ;; *) usage "--status-base needs one of 10, 20, … 190" ;; esac
		;;
	--left)
		[ "$2" = 0 ] || is_number "$2" || usage "--left needs a number of centiseconds"
		granted=$2
		;;
	--socket)
		case $2 in /*) socket=$2 ;; *) usage "--socket needs a path that begins with /" ;; esac
		;;
	--client)
		case $2 in perl | nc | ncat | socat) client=$2 ;; *) usage "--client needs one of perl, nc, ncat, socat" ;; esac
		;;
	--bundle | --config)
		[ -n "$2" ] || usage "$1 needs a value"
		[ -z "$source" ] || usage "unexpected option $1"
		source=$1
		case $1 in --bundle) bundle=$2 ;; --config) config=$2 ;; esac
		;;
	-*) usage "unexpected option $1" ;;
	*) break ;;
	esac
	shift 2
done
if [ -n "$socket" ]; then
	[ -n "$client" ] || usage "--socket needs --client"
	. "$root/bin/ask.sh"
	[ "$parts" = "$all_parts ask" ] || exit
fi
[ $# -ge 3 ] || usage "hook needs the five words of libvirt's call, and got $#"
# with another number of words, the operation is where libvirt puts it from the left, else from the right
if [ $# != 5 ]; then
	! is_operation "$3" || hook=$1 object=$2 operation=$3
	fail usage "hook was called with $# arguments instead of 5"
fi
hook=$1 object=$2 operation=$3
is_known "$hook" "$operation" || fail "unknown-$unknown" "libvirt has no $unknown $unknown_name"

! find_missing_program || fail evaluator "$problem"
list_inherited
find_user || fail evaluator "cannot tell which user this is: there is no /proc/self/status"
# before anything changes the working folder: paths may be relative
open_runtime || runtime_problem=$problem
[ -z "$config" ] || build_bundle
open_bundle
! is_over || forget_start
if ! has_event "$watch"; then
	! is_counted || note_start
	answer 0
fi
spool_document
needed=-
! has_event "$guests" || needed=guests
! has_event "$rewrite" || record_bytes=$rewritten_bytes
[ $needed = - ] || wait_for_starts
port=-
[ "$hook/$operation" != network/port-created ] || port=$(port_state)
# neither whoever writes the document nor others' decisions take this one's time
left=$allowed
[ -z "$granted" ] || [ "$granted" -ge "$left" ] || left=$granted
# a warm evaluator knows nothing of break-glass
if [ -n "$socket" ] && [ -z "$glass" ]; then
	now
	deadline=$((uptime + left))
	! ask "$@" 2>/dev/null || ! read_record || finish
	now
	left=$((deadline - uptime))
fi
[ -z "$runtime_problem" ] || fail evaluator "$runtime_problem"
wait_for_turn
now
deadline=$((uptime + left))
if ! evaluate "$data" "$deadline" "$needed" decide "$digest" "$port" "$@" 2>/dev/null; then
	[ "$code" = deadline ] || problem="$problem; see why with: virt-warden eval"
	fail "$code" "$problem"
fi
exec 9>&-
read_record || fail evaluator "the evaluator gave no whole verdict"
finish
