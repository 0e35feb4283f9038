# Sourced. Turns: so many decisions at once as a host's processors can bear, so that when hundreds of guests start
# together they wait for one another, and none runs out of its own time. The kernel gives a turn back when its holder
# ends.

turns=/run/virt-warden/turns

# Waits for a turn and holds it on descriptor 9.
wait_for_turn() {
	[ "$caller" = 0 ] && command -v flock >/dev/null && make_turns 2>/dev/null || return 0
	set -- "$turns"/[0-9]*
	! try_turns -n "$@" || return 0
	now
	since=$uptime patience=$((12 * allowed))
	# the first in the line looks for a turn, the others wait for its place
	exec 3<"$turns/line"
	flock -E 75 -w $((patience / 100)) 3 2>/dev/null
	[ $? != 75 ] || give_up_waiting
	while ! try_turns '-w 0.05' "$@"; do
		now
		[ $((uptime - since)) -lt $patience ] || give_up_waiting
	done
	exec 3>&-
}

give_up_waiting() {
	fail deadline "too many decisions at once: this one had no turn within $((patience / 100)) s"
}

# $1 how long to wait for each of the others. A lock that is not there to be taken keeps nobody waiting.
try_turns() {
	how=$1
	shift
	for turn in "$@"; do
		[ -r "$turn" ] || return 0
		exec 9<"$turn"
		# shellcheck disable=SC2086 # an option and its value
		flock -E 75 $how 9 2>/dev/null
		[ $? = 75 ] || return 0
	done
	exec 9>&-
	return 1
}

# Four files a processor: with more, honest policies would come near their limits; with fewer, some that take their time
# would hold up all. Only root can hold them. Where they cannot be made nobody waits: turns decide nothing.
make_turns() {
	[ ! -f "$turns/line" ] || return 0
	mkdir -p -m 700 "$turns" || return
	count=$(nproc) || count=2
	count=$((4 * count))
	while [ "$count" -gt 0 ]; do
		: >"$turns/$count" || return
		count=$((count - 1))
	done
	: >"$turns/line"
}

parts="$parts queue"
