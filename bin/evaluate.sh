# Sourced. The wall, and the outer side of a decision: runs the evaluator, and when a policy ended its process, runs
# the rest again without it. Needs descriptors 4 (code), 5 (manifest) and those of runtime.sh.

newline='
'
# a fixed uid that no account has, for hosts without a user of our own; `nobody` is shared
fallback_uid=64999

# centiseconds since boot
now() {
	read -r uptime _ </proc/uptime
	uptime=${uptime%.*}${uptime#*.}
}

# $1 bytes of data, $2 centiseconds; the rest is the evaluator's words. Each layer's reason is in design order:
# timeout   ends everything, where the policy's user cannot reach it
# unshare   no network; nothing that a policy started outlives it; and no sight of other processes, not even of other
#           decisions, which run as the same user
# prlimit   memory that the isolate does not count, a stack Node can boot with, no core files, processor time
# setpriv   another user, no groups, no capabilities, no way back
# env       nothing of the caller's environment
wall() {
	data=$1 left=$2
	shift 2
	cd / || return
	limits="--data=$data --stack=8388608 --core=0 --cpu=$((left / 100 + 2))"
	seconds=$((left / 100)).$((left / 10 % 10))$((left % 10))
	# shellcheck disable=SC2086 # limits are words
	if [ "$(id -u)" = 0 ]; then
		timeout -s KILL "$seconds" unshare --net --pid --mount-proc --fork --kill-child \
			prlimit $limits setpriv --reuid="$uid" --regid="$gid" --clear-groups --no-new-privs --bounding-set=-all \
			env -i /proc/self/fd/6 --no-node-snapshot --jitless --preserve-symlinks-main /proc/self/fd/7 "$@"
	else
		timeout -s KILL "$seconds" prlimit $limits setpriv --no-new-privs \
			env -i /proc/self/fd/6 --no-node-snapshot --jitless --preserve-symlinks-main /proc/self/fd/7 "$@"
	fi
}

# the user of policies: our own if there is one
find_user() {
	uid=$fallback_uid gid=$fallback_uid
	entry=$(grep -s '^virt-warden:' /etc/passwd) || return 0
	entry=${entry#*:*:}
	uid=${entry%%:*}
	entry=${entry#*:}
	gid=${entry%%:*}
}

# Sets $last to the record's last line, $culprit to the policy that was running then, $kind to how it ended, and $ran to
# how many were started. The shell splits a text into lines in no time; taking it apart by patterns would grow with the
# square of its length.
look_for_culprit() {
	last='' culprit='' kind=crash ran=0
	set -f
	IFS=$newline
	for last in $record; do
		case $last in
		'policy '*) culprit=${last#policy } kind=crash ran=$((ran + 1)) ;;
		'timeout '*) kind=timeout ;;
		esac
	done
	unset IFS
	set +f
}

# $1 bytes of data, $2 the deadline in centiseconds since boot, $3 command, $4 digest, then the evaluator's words; its
# stderr goes to descriptor 9. Leaves the whole record in $record, or returns 1 with the reason in $code and $problem.
evaluate() {
	data=$1 deadline=$2 command=$3 digest=$4
	shift 4
	find_user
	# two readers' trees and a model: at most 75 times its bytes were seen, in a document of nothing but elements
	size=$(wc -c </proc/self/fd/0)
	[ "$size" -le "$max_document" ] || size=$max_document
	data=$((data + 128 * size))
	mode=shared failed='' culprit=''
	while :; do
		now
		left=$((deadline - uptime))
		if [ "$left" -le 0 ]; then
			code=deadline problem="out of time while the document was read"
			[ -z "$culprit" ] || problem="out of time before every policy ran, while policy $culprit did"
			return 1
		fi
		# each run opens its files anew, and so from their beginning; a record is far below 4 MiB
		record=$(wall "$data" "$left" "$command" "$digest" "$mode" "$failed" "$@" \
			</proc/self/fd/0 4</proc/self/fd/4 5</proc/self/fd/5 3>&1 >/dev/null 2>&9 9>&- | head -c 4194304)
		look_for_culprit
		[ "$last" != end ] || return 0
		now
		if [ "$uptime" -ge "$deadline" ]; then
			continue
		elif [ -z "$culprit" ]; then
			code=evaluator problem="the evaluator ended before any policy ran"
			return 1
		elif [ $kind = crash ] && [ $mode = shared ] && [ $ran -gt 1 ]; then
			# nobody knows whose memory it was, unless it was alone so far: once more, with an isolate for each policy
			mode=alone
		else
			failed=$failed,$culprit:$kind
		fi
	done
}

parts="$parts evaluate"
