# Sourced where there may be a warm evaluator: asks it over its socket, by whichever of a few programs the host has. The
# answer is a record as the evaluator's own, and looked at as that is; anything else is none, and this process decides.

# libvirt's words and the document go to the socket as bytes of lengths that a line before them says, so that nothing in
# them can be taken for anything else. Leaves in $record what came back; returns 1 where that is no record.
ask() {
	# whoever may not write there cannot have made it
	[ "$left" -gt 0 ] && [ -S "$socket" ] && [ -O "$socket" ] || return
	measure_document
	record=$({
		request "$@" | converse
		echo 'ended 0'
	} | head -c $record_bytes)
	# it says so twice a second; to take more away would take long
	waits=$((left / 50 + 4))
	while [ $waits -gt 0 ]; do
		case $record in
		wait"$newline"*) record=${record#*"$newline"} waits=$((waits - 1)) ;;
		'virt-warden-record 1'*) return ;;
		*) return 1 ;;
		esac
	done
	return 1
}

request() {
	printf 'virt-warden-ask 1 %s %s %s %s ' "${digest:--}" "$left" "$port" "$needed"
	printf '%s %s %s %s %s %s\n' ${#1} ${#2} ${#3} ${#4} ${#5} "$size"
	printf %s "$1$2$3$4$5"
	[ "$size" = 0 ] || head -c "$size" </proc/self/fd/0
	[ "$needed" = guests ] || return
	# no line of a file's name may pass for the end
	print_guests | sed 's/^[^/|].*/?/'
	printf '\nend\n'
}

# Sends stdin to the socket and prints what comes back, until the other side ends it or is silent for two seconds.
converse() {
	# with its own limit for silence, ncat would stay for that long after every answer
	[ "$client" != ncat ] || left=$((left / 2))
	set -- timeout --foreground -s KILL $((left / 100)).$((left / 10 % 10))$((left % 10))
	case $client in
	perl) (unset PERL5OPT PERL5LIB PERL5DB PERL_UNICODE PERLIO && "$@" perl -e "$by_perl" "$socket") ;;
	nc) "$@" nc -U -w 2 "$socket" ;;
	ncat) "$@" ncat -U "$socket" ;;
	# -t counts once all is sent; the rest of its words are its syntax
	socat) case $socket in *[!A-Za-z0-9/._-]*) ;; *) "$@" socat -T 2 -t 2 - "UNIX-CONNECT:$socket" ;; esac ;;
	esac
}

# without a module, which some hosts have in packages of their own; 1 is AF_UNIX and SOCK_STREAM, an alarm ends it
by_perl='socket(S, 1, 1, 0) && connect(S, pack("Sa108", 1, $ARGV[0])) || exit 1;
while (sysread(STDIN, $b, 65536)) {
	for ($o = 0; $o < length $b; $o += syswrite(S, $b, 65536, $o) || exit 1) { alarm 2 }
	alarm 0;
}
for (;;) { alarm 2; sysread(S, $b, 65536) || exit; syswrite(STDOUT, $b) || exit 1 }'

parts="$parts ask"
