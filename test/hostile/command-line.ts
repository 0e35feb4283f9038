import { parseArgs } from "node:util";

/** What a command over the collection was asked for. */
export interface Asked {
  /** How many at once. */
  readonly jobs: number;
  /** Words of which one is in the name of what is run; all is run without any. */
  readonly names: readonly string[];
}

/** Something of the collection, which a word of the command line can choose by `group/name`. */
export interface Named {
  /** What it tries. */
  readonly group: string;
  readonly name: string;
}

/**
 * What a command over the collection was asked for by `[--jobs N] [--help] [NAME…]`; an exit status where that is said
 * already: 0 with the usage, 64 with what is wrong.
 */
export function askedBy(args: string[], usage: string): Asked | number {
  const options = { jobs: { type: "string", default: "2" }, help: { type: "boolean", short: "h" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help === true) {
      process.stdout.write(usage);
      return 0;
    }
    if (/^[1-9][0-9]?$/.test(values.jobs)) return { jobs: Number(values.jobs), names: positionals };
    throw new Error(`Cannot run: --jobs is no number from 1 to 99: ${values.jobs}`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return 64;
  }
}

/** Those of the collection that were asked for; 64 where there is none, which is said then. */
export function chosenOf<T extends Named>(all: readonly T[], { names }: Asked): T[] | number {
  const chosen = all.filter(({ group, name }) => {
    return names.length === 0 || names.some((each) => `${group}/${name}`.includes(each));
  });
  if (chosen.length > 0) return chosen;
  process.stderr.write(`Nothing in the collection has ${names.join(" or ")} in its name\n`);
  return 64;
}

/** Says on a terminal what goes on, in a line that the next one takes the place of. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
