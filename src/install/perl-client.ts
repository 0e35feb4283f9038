/** The number of the system call splice(2), by processor as Node names it; the product runs on no other. */
const SPLICE: Readonly<Record<string, number>> = { x64: 275, arm64: 76 };

/**
 * The client in Perl, in the language's core alone: a module takes longer to load than all of this to run. Its words are
 * the socket, the spool, `pipe` where the document is still to be moved there, the end in centiseconds since boot, the
 * bundle's digest, and libvirt's five words. It prints `read` when the spool holds the whole document, then a whole
 * answer; anything else is no answer. The kernel moves the document from pipe to spool: whenever this is killed, each
 * byte is in the one or the other. Without single quotes, since the script puts it between some.
 *
 * @param arch of the processor, as `process.arch` has it.
 */
export function perlClient(arch: string = process.arch): string {
  return `
		my ($path, $spool, $kind, $end, $digest, @words) = @ARGV;
		open UPTIME, "<", "/proc/uptime" and sysread UPTIME, my $now, 64 or exit 1;
		# in seconds; all that takes time is waiting, and select says what it left
		my $left = $end / 100 - $now;
		sub wait_for {
			my ($handle, $writes, $most) = @_;
			my $patience = $most && $left > $most ? $most : $left;
			vec(my $bits = "", fileno $handle, 1) = 1;
			my ($found, $rest) = select($writes ? undef : $bits, $writes ? $bits : undef, undef, $patience);
			$left -= $patience - $rest;
			exit 1 if $found <= 0 || $left <= 0;
		}
		my ($max, $size, $document, $answer, $sent, $count) = (4194305, 0, "", "", 0);
		if ($kind eq "file") {
			open DOCUMENT, "<", "/proc/self/fd/0" or exit 1;
		} else {
			open DOCUMENT, "<", $spool or exit 1;
			unlink $spool or exit 1;
			# with pointers of 32 bits it is another system call
			exit 1 if length pack("p", "") != 8;
			while ($size < $max) {
				wait_for(*STDIN);
				$count = syscall ${SPLICE[arch] ?? -1}, 0, 0, 4, 0, $max - $size, 0;
				exit 1 if $count < 0;
				last if $count == 0;
				$size += $count;
			}
			syswrite STDOUT, "read\\n";
		}
		while (length $document < $max) {
			sysread(DOCUMENT, $document, $max - length $document, length $document) or last;
		}
		# a queue that is full is no reason to wait
		socket SOCKET, 1, 1, 0 and fcntl SOCKET, 4, 2048 and connect SOCKET, pack("S a108", 1, $path) or exit 1;
		my $request = join(" ", "virt-warden-ask 1", $digest, int(100 * $left) || 1, "- -", map length, @words, $document)
			. "\\n" . join("", @words) . $document;
		while ($sent < length $request) {
			wait_for(*SOCKET, 1, 2);
			$count = syswrite SOCKET, $request, length($request) - $sent, $sent or exit 1;
			$sent += $count;
		}
		do {
			wait_for(*SOCKET, 0, 2);
			defined($count = sysread SOCKET, $answer, 65536, length $answer) or exit 1;
			exit 1 if length $answer > 262144;
		} while $count;
		$answer =~ s/^(?:wait\\n)+//;
		exit 1 if $answer !~ /^virt-warden-record 1\\n.*\\nend\\n\\z/s;
		print $answer;
	`;
}
