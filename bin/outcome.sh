# Sourced. From a verdict to what libvirt sees: lines on stderr, the log, the exit status.

# Checks $record and takes it apart into $status, $rewritten, $lines and $log_line; returns 1 for anything but one whole
# verdict: its start, the policies that ran, the verdict, perhaps a new document where a policy may rewrite this one, at
# most twenty lines for stderr, one for the log, its end, and what the wall says of its process's end, which may be any
# once the verdict is there.
read_record() {
	part=start status='' lines='' count=0 log_line='' rewritten=''
	set -f
	IFS=$newline
	for line in $record; do
		case $part/$line in
		'start/virt-warden-record 1') part=policies ;;
		'policies/policy '* | 'policies/timeout '* | 'policies/memory '* | 'policies/denied '*) ;;
		'policies/verdict '[0-3]) part=verdict status=${line#verdict } ;;
		'verdict/document '*)
			[ "$status" = 0 ] && has_event "$rewrite" || break
			part=stderr rewritten=${line#document }
			;;
		'verdict/stderr virt-warden: '* | 'stderr/stderr virt-warden: '*)
			part=stderr count=$((count + 1))
			[ $count -le 20 ] || break
			lines=$lines${line#stderr }$newline
			;;
		'verdict/log {'*'}' | 'stderr/log {'*'}') part=log log_line=${line#log } ;;
		log/end) part=end ;;
		'end/ended '*) part=ended ;;
		*) part=broken ;;
		esac
	done
	unset IFS
	set +f
	[ $part = ended ] && [ $count -le 20 ] && [ ${#lines} -le 4096 ] || return 1
	# in the C locale every byte beyond ASCII counts as unprintable, so only then it is looked at closer
	case $lines$log_line in *[![:print:]]*) ! has_controls "$lines$log_line" ;; esac
}

has_controls() {
	[ -n "$(printf %s "$1" | tr -d '\n' | tr -cd '\001-\037\177')" ]
}

# $1 a code, $2 what happened: an engine failure that the evaluator could not report itself.
fail() {
	trap '' HUP INT TERM
	status=3 rewritten=''
	# the bundle may not have been opened yet, and still tell where the log is
	[ -n "$bundle_log" ] || bundle_log=$(find_log 2>/dev/null)
	log=${bundle_log:-$log}
	# with what was found before
	! has_controls "$denials" || denials=''
	lines="virt-warden: engine failure: $(plain "$2")$newline$denials"
	word=deny
	if ! refuses "$hook" "$operation" || is_spared; then
		word=allow status=0
	fi
	read -r id </proc/sys/kernel/random/uuid
	log_line="{\"level\":50,\"time\":$(date +%s%3N),\"decisionId\":\"$id\",\"event\":\"$(json "$hook/$operation")\""
	log_line="$log_line,\"object\":\"$(json "$object")\",\"decision\":\"$word\",\"status\":$status,\"findings\":[$(found_json)]"
	log_line="$log_line,\"failures\":[],\"policies\":[],\"logs\":[],\"error\":{\"code\":\"$1\",\"message\":\"$(json "$2")\"}"
	[ -z "$skipped" ] || log_line="$log_line,\"skippedLayers\":[\"$(json "$skipped" | sed 's/ /","/g')\"]"
	[ -z "$glass" ] || log_line="$log_line,\"breakGlass\":$glass"
	log_line="$log_line,\"bundle\":\"$(json "$digest")\",\"msg\":\"engine failure\"}"
	finish
}

# The kept denials as a log line has findings; a reason is cut as it is on stderr.
found_json() {
	comma=''
	set -f
	IFS=$newline
	for line in $denials; do
		line=${line#virt-warden: denied by }
		printf '%s{"policy":"%s","level":"deny","mode":"enforce","reason":"%s"}' "$comma" "${line%%:*}" "$(json "${line#*: }")"
		comma=,
	done
	unset IFS
	set +f
}

# Whether the call is about the port of a running guest.
is_spared() {
	[ "$hook/$operation" = network/port-created ] && [ "$(port_state)" = attached ]
}

plain() { printf %s "$1" | tr -c '\040-\176' '?'; }
json() { plain "$1" | sed 's/[\\"]/\\&/g'; }

# Exits with an answer; the caller may ask for it to be so much more.
answer() {
	answered=yes
	exit $((base + $1))
}

# Writes the new document, notes the start, writes the log, says the reasons, exits. Whatever the verdict, only an
# admission is refused; what runs is ended only by a denial of a policy that means it.
finish() {
	refuses "$hook" "$operation" || { [ "$status" = 1 ] && has_event "$kill"; } || status=0
	[ "$status" = 0 ] || ! is_spared || status=0
	if [ -n "$rewritten" ]; then
		say_document || fail evaluator "the rewritten document could not be written to stdout"
	fi
	if [ "$status" = 0 ] && is_counted && ! note_start; then
		fail state "the start could not be noted in $starts, so that nobody would count it"
	fi
	write_log
	[ -z "$glass_problem" ] || warn_of_break_glass
	[ -z "$lines" ] || say_lines
	remove_built
	# libvirt drops what a hook says when it exits 0
	[ "$status" != 0 ] || [ -z "$lines" ] || printf %s "$lines" | timeout 1 logger -t virt-warden 2>/dev/null
	answer "$status"
}

# Says why break-glass is not in force, where there is room beside the reasons; doctor says it too.
warn_of_break_glass() {
	[ "${count:-0}" -le 17 ] && [ ${#lines} -le 3600 ] || return 0
	lines="${lines}virt-warden: warning: break-glass is ignored: $glass_problem$newline"
}

# libvirt takes what a hook prints for the guest's new definition, and ignores it where the hook fails.
say_document() {
	printf %s "$rewritten" | timeout 5 base64 -d 2>/dev/null
}

# Whoever does not read cannot keep us.
say_lines() {
	if command -v timeout >/dev/null && command -v cat >/dev/null; then
		printf %s "$lines" | timeout 5 cat >&2 2>/dev/null
	else
		printf %s "$lines" >&2
	fi
}

# A log that cannot be written is a warning and never changes a decision.
write_log() {
	[ -d "${log%/*}" ] || mkdir -p -- "${log%/*}" 2>/dev/null
	# anything but a file, such as a pipe that nobody reads, could keep us waiting
	if { [ -f "$log" ] || ! [ -e "$log" ]; } && append_log 2>/dev/null; then
		return
	fi
	lines="${lines}virt-warden: warning: cannot write the decision log $(plain "$log" | cut -c1-200)$newline"
}

# A line is one write to the log's end, so that those of several decisions do not mix; a shell writes in parts of 4 KiB.
append_log() {
	if [ ${#log_line} -lt 4000 ]; then
		printf '%s\n' "$log_line"
	else
		printf '%s\n' "$log_line" | dd bs=16M iflag=fullblock status=none
	fi >>"$log"
}

parts="$parts outcome"
