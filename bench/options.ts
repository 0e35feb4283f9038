import { parseArgs } from "node:util";

/** What the bench was asked for. */
export interface Options {
  readonly isQuick: boolean;
  /** The cases to measure; all where it is empty. */
  readonly only: readonly string[];
  /** Whether to write RESULTS.md and its charts. */
  readonly writes: boolean;
}

export const USAGE = `Usage: npm run bench -- [--quick] [--only CASE]... [--write]

Measures virt-warden's hooks beside what people use today, whole processes from
fork to exit, in temporary folders and with sockets of its own; then where the
time of a decision goes, and how cost grows. Writes bench/RESULTS.md.

  --quick      about a minute: fewer runs, no growth, nothing written
  --only CASE  one case alone, as often as it is given; nothing written
  --write      with --quick: write bench/RESULTS.md nevertheless

`;

/**
 * Reads the command line.
 *
 * @param cases The names that `--only` knows.
 * @returns a text for people where it is wrong.
 */
export function readOptions(args: readonly string[], cases: readonly string[]): Options | "help" | { problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string", multiple: true, default: [] },
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    const unknown = values.only.find((name) => !cases.includes(name));
    if (unknown !== undefined) return { problem: `there is no case ${unknown}; there are ${cases.join(", ")}` };
    if (values.write && values.only.length > 0) return { problem: "--write needs all cases, and not --only" };
    return {
      isQuick: values.quick,
      only: values.only,
      writes: values.write || (!values.quick && values.only.length === 0),
    };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
