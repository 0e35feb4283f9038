// The part of the hook scripts that takes a warm evaluator's answer, in POSIX sh.

/**
 * What `bin/outcome.sh` does with the record of an evaluator: the same checks, the same log line, words and status. No
 * process is started where there is nothing to say and the log's line is short.
 */
export const ANSWER = `
# Takes $answer apart into $status, $lines and $log_line; returns 1 for anything but one whole verdict.
read_answer() {
	part=start status='' lines='' count=0 log_line=''
	set -f
	IFS=$newline
	for line in $answer; do
		case $part/$line in
		*[[:cntrl:]]*) part=broken ;;
		start/read | start/wait) ;;
		'start/virt-warden-record 1') part=verdict ;;
		'verdict/verdict '[0-3]) part=stderr status=\${line#verdict } ;;
		'stderr/stderr virt-warden: '*)
			count=$((count + 1))
			[ $count -le 20 ] || break
			lines=$lines\${line#stderr }$newline
			;;
		'stderr/log {'*'}') part=log log_line=\${line#log } ;;
		log/end) part=end ;;
		*) part=broken ;;
		esac
		[ $part != broken ] || break
	done
	unset IFS
	set +f
	[ $part = end ] && [ \${#lines} -le 4096 ]
}

# Writes the log, says the reasons, exits. Only an admission is refused; what runs is ended only by a denial of a policy
# that means it.
finish() {
	[ -n "$refuses" ] || { [ "$status" = 1 ] && has_event "$kill"; } || status=0
	write_log || lines="\${lines}virt-warden: warning: cannot write the decision log $(
		printf %s "$log" | tr -c '\\040-\\176' '?' | cut -c1-200
	)$newline"
	if [ -n "$lines" ]; then
		# whoever does not read cannot keep us
		printf %s "$lines" | timeout 5 cat >&2 2>/dev/null
		# libvirt drops what a hook says when it exits 0
		[ "$status" != 0 ] || printf %s "$lines" | timeout 1 logger -t virt-warden 2>/dev/null
	fi
	trap - EXIT
	exit "$status"
}

# A line is one write to the log's end, which no other can come between; a shell writes in parts of 4 KiB.
write_log() {
	umask 027
	[ -d "\${log%/*}" ] || mkdir -p -- "\${log%/*}"
	# anything but a file, such as a pipe that nobody reads, could keep us waiting
	[ -f "$log" ] || ! [ -e "$log" ] || return
	if [ \${#log_line} -lt 4095 ]; then
		printf '%s\\n' "$log_line"
	else
		printf '%s\\n' "$log_line" | dd bs=1M iflag=fullblock status=none
	fi >>"$log"
} 2>/dev/null
`;
