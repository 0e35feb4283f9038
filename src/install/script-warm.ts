// The part of the hook scripts that asks a warm evaluator, in POSIX sh.
import type { Client, WarmEvaluator } from "./clients.ts";
import { perlClient } from "./perl-client.ts";
import { ANSWER } from "./script-answer.ts";

/**
 * Asks the warm evaluator, where there is one and the call is a plain one; else leaves in `"$@"` what the launcher is to
 * be called with, and in $input where the document is.
 */
export function askWarm({ client }: Pick<WarmEvaluator, "client">): string {
  return `${ANSWER}
${client === "perl" ? PERL : pipe(PIPES[client])}
${DECISION}`;
}

/** A client that is a pipe to a socket. */
interface Pipe {
  /** How it is run. */
  readonly command: string;
  /** How long it may take, in centiseconds, as the shell computes it. */
  readonly left: string;
  /** What has to be done before, as lines. */
  readonly before: string;
}

/** All but ncat end after two seconds of silence. */
const PIPES: Readonly<Record<Exclude<Client, "perl">, Pipe>> = {
  nc: { command: 'nc -U -w 2 "$socket"', left: "end - uptime", before: "" },
  ncat: {
    // with a limit for silence it would stay until that, whenever the answer came
    command: 'ncat -U "$socket"',
    // a silent one must leave time for the launcher
    left: "(end - uptime) / 2",
    before: `
		# else it reads the certificates of the host, which takes most of its time
		export SSL_CERT_FILE=/dev/null`,
  },
  // of its own accord it would leave half a second after it sent all, and say that nothing more comes
  socat: { command: 'socat -t 2 -T 2 - "UNIX-CONNECT:$socket,shut-none"', left: "end - uptime", before: "" },
};

const PERL = `
# Has perl ask. The document goes from the pipe into a file without a name, on descriptor 4, so that the launcher can have
# it where no answer comes.
ask() {
	unset PERL5OPT PERL5LIB PERL5DB PERL_UNICODE PERLIO
	answer='' spool='' kind=file
	if ! [ -f /proc/self/fd/0 ]; then
		spool=$place/ask.$$
		# a new file, or none
		umask 077
		set -C
		command exec 4>"$spool" || spool=''
		set +C
		[ -n "$spool" ] || { rm -f "$place/ask.$$"; return 1; }
		if [ -p /proc/self/fd/0 ]; then
			kind=pipe input=rest
		else
			keep_document || return
		fi
	fi
	answer=$(exec /usr/bin/perl -e '${perlClient()}' -- "$socket" "$spool" $kind $end "$digest" "$hook" "$@")
	[ $kind = pipe ] || return 0
	! [ -e "$spool" ] || rm -f "$spool"
	# what was not moved is still in the pipe
	case $answer in read*) input=spool ;; esac
} 2>/dev/null

# The kernel moves it from a pipe only: anything else, such as a socket, is read first, and stdin is that file then.
keep_document() {
	rm -f "$spool"
	if ! timeout --foreground -s KILL $((deadline / 100 + 1)) head -c 4194305 >&4; then
		input=lost problem="the document did not end in time, or there is no room for it in $place"
		return 1
	fi
	command exec </proc/self/fd/4
}
`;

const pipe = ({ command, left, before }: Pipe): string => `
# Has a client ask. The document is kept here, so that the launcher can have it where no answer comes.
ask() {
	document=$(head -c 4194305; echo .)
	document=\${document%.} input=text
	now
	left=$((${left}))
	[ "$left" -ge 1 ] || return
	request="virt-warden-ask 1 $digest $left - - \${#hook} \${#1} \${#2} \${#3} \${#4} \${#document}$newline$hook$1$2$3$4"
	answer=$(${before}
		printf %s%s "$request" "$document" | timeout -s KILL $((left / 100)).$((left / 10 % 10))$((left % 10)) \\
			/usr/bin/${command} | head -c 262144
	)
} 2>/dev/null
`;

const DECISION = `
# Sets $uptime, in centiseconds.
now() {
	read -r uptime _ </proc/uptime
	uptime=$((\${uptime%.*} * 100 + 1\${uptime#*.} - 100))
}

# Whether it takes no more than the document to decide; where it takes more, or there is break-glass, the launcher asks.
# What the bundle says of the log and of what may be ended is taken from root alone.
is_plain() {
	[ -n "$whole" ] && has_event "$watch" && ! is_counted && ! has_event "$guests" && ! has_event "$rewrite" &&
		[ "$operation" != port-created ] && ! [ -e "$bundle/current/../../break-glass" ] && [ \${#digest} = 64 ] &&
		[ -r /proc/uptime ] && is_trusted && has_place || return
	case $digest in *[!0-9a-f]*) return 1 ;; esac
	case $deadline in '' | 0* | *[!0-9]* | ???????*) return 1 ;; esac
	case $log in /*) ;; *) return 1 ;; esac
}

# whoever may not write there cannot have made it
if ! [ -S "$socket" ] || ! [ -O "$socket" ] || ! [ -x "/usr/bin/$client" ]; then
	set -- "$hook" "$@"
elif is_plain; then
	now
	end=$((uptime + deadline)) answer=''
	! ask "$@" || ! read_answer || finish
	now
	left=$((end - uptime))
	[ "$left" -ge 1 ] || left=1
	set -- --left "$left" "$hook" "$@"
else
	set -- --socket "$socket" --client "$client" "$hook" "$@"
fi
`;
