// The parts of the hook scripts, in POSIX sh.
import { OPERATIONS } from "./event-table.ts";
import { HOOKS } from "./places.ts";

/**
 * What comes from outside is set anew, and closed descriptors are opened, since the next file would take their place. To
 * be ended by a signal would count as a failure.
 */
export const BEGIN = `
trap : HUP INT TERM PIPE
unset IFS
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
if [ -d /proc/self/fd ]; then
	[ -e /proc/self/fd/0 ] || exec </dev/null
	[ -e /proc/self/fd/1 ] || exec >/dev/null
	[ -e /proc/self/fd/2 ] || exec 2>/dev/null
fi
`;

/** Leaves where a whole bundle says that no policy watches the event: without a fork where nothing is admitted. */
const UNWATCHED = (ledger: string) => `
# Whether no policy of a whole bundle watches this. Most calls end here, so where nothing is admitted it starts no process.
is_unwatched() {
	launch=$bundle/current/launch format='' keys='' watch='' guests=''
	[ $# = 4 ] && [ -n "$known" ] && [ -f "$launch" ] && [ -r "$launch" ] || return 1
	while read -r key value; do
		keys="$keys $key"
		case $key in
		virt-warden-bundle) format=$value ;;
		watch) watch=$value ;;
		guests) guests=$value ;;
		esac
	done <"$launch"
	# what it does not know, the launcher judges
	case $format$keys in
	'1 virt-warden-bundle digest deadline data log watch end') ;;
	'2 virt-warden-bundle digest deadline data log watch guests kill rewrite end') ;;
	*) return 1 ;;
	esac
	# no digest covers the file: a word that is no event may have been one
	for event in $watch; do
		case \${event%%/*} in ${HOOKS.join(" | ")}) ;; *) return 1 ;; esac
		case \${event#*/} in ${OPERATIONS.join(" | ")}) ;; *) return 1 ;; esac
	done
${ledger}	case " $watch " in *" $hook/$2 "*) return 1 ;; esac
	# a list that somebody else could have written is no word on admissions
	[ -z "$refuses" ] && return
	foreign=$(find "$bundle/current/." "$bundle/current/.." "$bundle/current/../.." "$launch" -maxdepth 0 \\
		\\( -perm /022 -o ! -uid 0 \\) -print -quit 2>/dev/null) && [ -z "$foreign" ]
}
! is_unwatched "$@" || exit 0
`;

export const NO_LEDGER = UNWATCHED("");

/** For hooks of guests. */
export const LEDGER = UNWATCHED(`	# where policies count guests, the launcher keeps a ledger of starts
	case $guests/$2 in
	/*) ;;
	*/prepare | */start | */started | */stopped | */release) return 1 ;;
	esac
`);

/** The daemon looks for hooks at its start and at a reload: doctor compares the stamp with the scripts' age. */
export const DAEMON_STAMP = `
# Notes when this daemon last looked for hooks, as virt-warden doctor wants to know; whatever fails here does not matter.
stamp() {
	umask 077
	read -r name <"/proc/$PPID/comm"
	case $name in '' | .* | *[!a-zA-Z0-9_.-]*) return ;; esac
	place=/run/virt-warden/daemons
	case $1 in
	start | reload)
		mkdir -p "$place" && echo "$1 $PPID" >"$place/.$name.$$" && mv -f "$place/.$name.$$" "$place/$name"
		;;
	shutdown) rm -f "$place/$name" ;;
	esac
}
(stamp "$2") 2>/dev/null
`;

/** AppArmor's profile of libvirtd lets a hook leave by /usr/bin and the like only. */
const ask = (input: string) => `
# An answer is 80 and the status; anything else is an accident. Of a launcher that was killed the shell itself would say
# something: only the launcher has our stderr.
{
	[ -x "$launcher" ] &&
		${input}(exec /usr/bin/env "$launcher" hook --status-base 80 --bundle "$bundle" "$hook" "$@" 2>&3 3>&-)
} 3>&2 2>/dev/null
status=$?`;

export const QUESTION = ask("");

/** For the hook of networks, whose document may be needed once more. */
export const PORT_QUESTION = String.raw`
# Whether the port is one of a guest that runs: when the daemon restarts, libvirt reports those again, and to refuse one
# would cut its guest off. Only the port's own UUID counts, which libvirt draws; its owner's is its definer's choice.
is_attached() {
	uuid=$(printf '%s\n' "$document" | sed -n '/<networkport>/,/<owner>/s|^ *<uuid>\([0-9a-f-]*\)</uuid>$|\1|p')
	case $uuid in ????????-????-????-????-????????????) ;; *) return 1 ;; esac
	grep -qsF "portid='$uuid'" /run/libvirt/*/*.xml
}

document=$(cat)
${ask(String.raw`printf '%s\n' "$document" | `)}`;

export const PORT_ANSWER = `[ "$2" != port-created ] || ! is_attached || exit 0
`;

/** What an administrator reads when there was no answer to a question of admission. */
export const END = String.raw`reason="$launcher ended with status $status and no answer"
[ -f "$launcher" ] && [ -x "$launcher" ] || reason="$launcher is missing or cannot be run"
cure="install virt-warden again, then run: virt-warden install (or remove $0 and reload libvirt's daemon)"
printf '%s\n' "virt-warden: engine failure: $reason; $cure" >&2
exit 3`;
