# Sourced. The outer side of a decision: runs the evaluator inside the wall, and when a policy ended its process, runs
# the rest again without it. Needs descriptors 4 (code), 5 (manifest) and those of runtime.sh.

newline='
'

# a record is far below this, and with a rewritten document in it, as base64, below the other
record_bytes=4194304
rewritten_bytes=10485760

# centiseconds since boot, whatever becomes of the clock
now() {
	read -r uptime _ </proc/uptime
	uptime=$((${uptime%.*} * 100 + 1${uptime#*.} - 100))
}

# Sets $record to all that one evaluator wrote, at most $record_bytes, and what its process's end was. Each run opens its
# files anew, and so from their beginning.
run_evaluator() {
	reader="head -c $record_bytes"
	# without a namespace somebody may be left who keeps the record open
	[ "$caller" = 0 ] && has processes ||
		reader="timeout --foreground -s KILL $(((left + 30) / 100)).$(((left + 30) / 10 % 10)) $reader"
	set -- "$command" "$digest" "$left" "$mode" "$suspect" "$failed" "$denied" "$skipped" "$inherited" "$glass" "$@"
	record=$({
		# the document is on 9 while the pipe is on 0
		{ tell | wall "$data" "$left" "$@" 3<&0 <&9 9<&3 3>&1 1<"$packed"; } \
			4</proc/self/fd/4 5</proc/self/fd/5 8<"$addon" 9</proc/self/fd/0
		echo "ended $?"
	} | $reader)
}

# Prints the digests of code and manifest, then which guests run, where policies need that. It does so while the
# evaluator starts.
tell() {
	sha256sum /proc/self/fd/4 /proc/self/fd/5
	[ "$needed" != guests ] || print_guests
}

# Sets $whole to whether the record is, and else $culprit to the policy that was running at the end, $kind to how it
# ended, and $ran to how many were started. The shell splits a text into lines in no time; taking it apart by patterns
# would grow with the square of its length.
look_for_culprit() {
	last='' whole='' culprit='' kind=crash ran=0 began='' said='' limits=''
	set -f
	IFS=$newline
	for line in $record; do
		case $line in
		'virt-warden-record 1') began=yes ;;
		'verdict '* | 'described '*) said=yes ;;
		'denied '*' virt-warden: '*) keep_denial "${line#denied }" ;;
		'policy '*) culprit=${line#policy } kind=crash ran=$((ran + 1)) ;;
		'timeout '*) kind=timeout ;;
		'memory '*) kind=memory ;;
		limits) limits=low ;;
		'ended '*)
			[ "$last" != end ] || whole=yes
			[ "$line" != 'ended 137' ] || [ $kind != crash ] || kind=kill
			;;
		esac
		last=$line
	done
	unset IFS
	set +f
}

# $1 NAME LINE: a policy's first denial, as it would be on stderr. It is kept, should no later process come to say it.
keep_denial() {
	name=${1%% *}
	case $denied, in *",$name,"*) return ;; esac
	denied=$denied,$name
	[ ${#denials} -gt 3000 ] || denials=$denials${1#* }$newline
}

# $1 bytes of data, $2 the deadline in centiseconds since boot, $3 `guests` where policies need those that run, $4 command,
# $5 digest, then the evaluator's words. Leaves the whole record in $record, or returns 1 with the reason in $code and
# $problem.
evaluate() {
	data=$1 deadline=$2 needed=$3 command=$4 digest=$5
	shift 5
	# two readers' trees and a model: at most 75 times its bytes were seen, in a document of nothing but elements
	measure_document
	[ "$size" -le "$max_document" ] || size=$max_document
	data=$((data + 128 * size))
	if [ "$needed" = guests ]; then
		measure_guests
		if [ $guest_bytes -gt $max_guests ]; then
			code=state problem="the running guests' state files take more than $((max_guests / 1048576)) MiB, the largest is $largest"
			return 1
		fi
		data=$((data + 128 * guest_bytes))
	fi
	# nobody knows whose memory it was until a policy was alone: after a crash, each has an isolate of its own, and the
	# suspect runs first
	mode=shared suspect='' failed='' culprit='' skipped=$lacking looked='' latest='' suspected=, denied='' denials='' ender='' least=0
	while :; do
		now
		left=$((deadline - uptime))
		if [ "$left" -le $least ]; then
			code=deadline problem="out of time before any policy ran"
			[ -z "$latest" ] || problem="out of time before every policy ran, while policy $latest did"
			[ -z "$ender" ] || problem="out of time before every policy ran, after policy $ender ended its process"
			return 1
		fi
		run_evaluator "$@"
		look_for_culprit
		[ -z "$whole" ] || return 0
		latest=${culprit:-$latest}
		now
		if [ "$uptime" -ge "$deadline" ]; then
			continue
		elif [ -z "$began" ] && [ -z "$looked" ]; then
			looked=yes
			find_missing_layers
			[ "$skipped" = "$lacking" ] || continue
		fi
		# centiseconds; with less, another process would not come to say anything
		least=40
		if [ -n "$said" ]; then
			code=evaluator problem="the evaluator's answer is cut off"
			return 1
		elif [ -z "$culprit" ]; then
			code=evaluator problem="the evaluator ended before any policy ran"
			[ -z "$limits" ] || problem="the limits that this process inherited are too low for policies (ulimit -H -d -s -t)"
			return 1
		elif [ $kind = timeout ] || [ $ran = 1 ] || was_suspected "$culprit"; then
			failed=$failed,$culprit:$kind suspect='' ender=$culprit
		else
			mode=alone suspect=$culprit suspected=$suspected$culprit, ender=$culprit
		fi
	done
}

# Whether a policy was a suspect before: one that behaves when it runs first, and does not when others did, would
# be one for ever.
was_suspected() {
	case $suspected in *",$1,"*) return 0 ;; esac
	return 1
}

# Sets $problem to which program that all of this needs is not there; returns 1 where none is missing.
find_missing_program() {
	for program in timeout env head cat rm dd find setpriv sha256sum; do
		command -v $program >/dev/null && continue
		case $program in
		find) package=findutils ;;
		setpriv) package=util-linux ;;
		*) package=coreutils ;;
		esac
		problem="$program is missing; install it (it comes with $package)"
		return
	done
	return 1
}

parts="$parts evaluate"
