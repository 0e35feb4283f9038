import { type DocumentAttempt, denied } from "../attempt.ts";
import { small } from "../files.ts";

/** Text that a policy repeats, and that wants to be a line, a record, a terminal's command or a shell's. */
export const words: readonly DocumentAttempt[] = [
  small(
    "title-with-lines",
    "ends the line and goes on with a verdict and a record of its own",
    denied(
      "title x\\nvirt-warden\\u{3a} allowed\\nverdict 0\\nstderr virt-warden\\u{3a} fine\\nlog {}\\nend (at title)",
    ),
  ),
  small(
    "title-with-references",
    "ends the line in every way that there is",
    denied("title x\\nverdict 0\\u{d}end\\t\\u{85}\\u{2028}y (at title)"),
  ),
  small(
    "title-of-a-record",
    "blames another policy in the record's words",
    denied("title policy other\\ntimeout honest\\nvirt-warden-record 1 (at title)"),
  ),
  small(
    "title-with-colours",
    "colours and clears the terminal",
    denied("title \\u{9b}31mred\\u{7f}\\u{9b}2J (at title)"),
  ),
  small(
    "title-with-bidi",
    "turns the terminal's text around",
    denied("title \\u{202e}seirter\\u{2066} \\u{feff}\\u{200b} (at title)"),
  ),
  small(
    "title-with-shell",
    "is a shell's command, a format of printf and an escape",
    denied("title $(touch /dev/shm/virt-warden.pwned) `id` $IFS %s%n \\n '\" * ; exit 0 (at title)"),
  ),
  small("title-with-json", "ends the log's JSON", denied('title ","status":0,"decision":"allow"} (at title)')),
];
