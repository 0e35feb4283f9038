// The parts of the hook scripts, in POSIX sh.

/**
 * What comes from outside is set anew, and closed descriptors are opened, since the next file would take their place. To
 * be ended by a signal would count as a failure.
 */
export const BEGIN = `
trap : HUP INT TERM PIPE XFSZ
unset IFS
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL
if [ -d /proc/self/fd ]; then
	[ -e /proc/self/fd/0 ] || exec </dev/null
	[ -e /proc/self/fd/1 ] || exec >/dev/null
	[ -e /proc/self/fd/2 ] || exec 2>/dev/null
fi
`;

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

/** For scripts that ask no warm evaluator. */
export const ASK_NOBODY = `
set -- "$hook" "$@"
`;

/** AppArmor's profile of libvirtd lets a hook leave by /usr/bin and the like only. */
export const QUESTION = `
# An answer is 80 and the status; anything else is an accident. Of a launcher that was killed the shell itself would say
# something: only the launcher has our stderr.
start() {
	exec /usr/bin/env "$launcher" hook --status-base 80 --bundle "$bundle" "$@" 2>&3 3>&- 4>&-
}

# From where the document is by now.
question() {
	case $input in
	stdin) (start "$@") ;;
	text) printf %s "$document" | start "$@" ;;
	spool) (start "$@" </proc/self/fd/4) ;;
	rest) timeout --foreground -s KILL $((deadline / 100 + 2)) cat /proc/self/fd/4 - | start "$@" ;;
	*) return 1 ;;
	esac
}

{
	[ -x "$launcher" ] && question "$@"
} 3>&2 2>/dev/null
status=$?`;

/** For the hook of networks, whose document may be needed once more. */
export const PORT_QUESTION = String.raw`
# Whether the port is one of a guest that runs: when the daemon restarts, libvirt reports those again, and to refuse one
# would cut its guest off. Only the port's own UUID counts, which libvirt draws; its owner's is its definer's choice.
is_attached() {
	uuid=$(printf %s "$document" | sed -n '/<networkport>/,/<owner>/s|^ *<uuid>\([0-9a-f-]*\)</uuid>$|\1|p')
	case $uuid in ????????-????-????-????-????????????) ;; *) return 1 ;; esac
	grep -qsF "portid='$uuid'" /run/libvirt/*/*.xml
}

if [ "$operation" = port-created ]; then
	document=$(cat)$newline input=text
fi
${QUESTION}`;

export const PORT_ANSWER = `[ "$operation" != port-created ] || ! is_attached || exit 0
`;

/** What an administrator reads when there was no answer to a question of admission. */
export const END = String.raw`reason="$launcher ended with status $status and no answer"
[ -z "$problem" ] || reason=$problem
[ -f "$launcher" ] && [ -x "$launcher" ] || reason="$launcher is missing or cannot be run"
cure="install virt-warden again, then run: virt-warden install (or remove $0 and reload libvirt's daemon)"
printf '%s\n' "virt-warden: engine failure: $reason; $cure" >&2
exit 3`;
