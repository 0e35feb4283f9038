# Sourced by the launcher: serve … Without a service manager that would do it, this shell stays: it starts the supervisor
# again when that was killed or had a fault, passes signals on to it, and ends with it when it ended on purpose.

# what the supervisor exits with for a fault of its own, and what killed it from within or without: ILL, TRAP, ABRT, BUS,
# FPE, KILL, SEGV, XCPU
is_accident() {
	case $1 in 70 | 13[2-79] | 152) return 0 ;; esac
	return 1
}

# $1 a signal
pass_on() {
	[ "$1" = HUP ] || ending=yes
	[ -z "$supervisor" ] || kill -s "$1" "$supervisor" 2>/dev/null
}

# Sets $status to how the supervisor ended.
wait_for_end() {
	while :; do
		wait "$supervisor"
		status=$?
		# a signal of ours ends the wait, and not the supervisor
		kill -0 "$supervisor" 2>/dev/null || return 0
	done
}

keep_serving() {
	supervisor='' ending=''
	for signal in TERM INT HUP; do
		# shellcheck disable=SC2064 # that one signal
		trap "pass_on $signal" $signal
	done
	while [ -z "$ending" ]; do
		# nobody would start it again without us
		setpriv --pdeathsig TERM "$node" "$root/dist/cli.js" "$@" &
		supervisor=$!
		wait_for_end
		supervisor=''
		is_accident "$status" || exit "$status"
		[ -n "$ending" ] || printf 'virt-warden: serve is started again: it ended with %s\n' "$status" >&2
		sleep 1
	done
	exit 0
}

PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
# systemd keeps its services itself, and is told by the supervisor that it is ready
[ -n "$NOTIFY_SOCKET" ] || keep_serving "$@"
