import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BenchError } from "./bench-error.ts";
import { runWell } from "./run.ts";
import { median, percentile } from "./statistics.ts";
import type { Stdin } from "./stdin.ts";

/** Something to measure: a whole process, from fork to exit. */
export interface Command {
  readonly name: string;
  readonly words: readonly string[];
  /** The document that it reads; none where it reads nothing. */
  readonly input?: string;
  /** How many of them read it at once: each by a name that {@link Stdin.names} gives the command. */
  readonly readers?: number;
}

/** How often to measure. */
export interface Effort {
  /** In each round every command has its turn, so that noise hits all alike. */
  readonly rounds: number;
  /** Runs of a command in a round. */
  readonly runs: number;
  /** Runs before those, in each round, which do not count; 1 unless given. */
  readonly warmup?: number;
  /** In milliseconds, before each run. */
  readonly pause?: number;
}

/** A command's times in milliseconds, of all rounds. */
export interface Sample {
  readonly times: readonly number[];
  readonly median: number;
  readonly p99: number;
}

/** What measuring needs to know. */
export interface Measuring {
  /** For hyperfine's results. */
  readonly folder: string;
  readonly stdin: Stdin;
  readonly signal: AbortSignal;
  /** Says on what it is. */
  readonly progress: (text: string) => void;
}

/**
 * Measures commands beside each other with hyperfine. Where one reads a document, a shell opens it for it, and hyperfine
 * takes the time away that this shell takes for nothing.
 *
 * @throws {BenchError} where a command fails.
 * @see https://github.com/sharkdp/hyperfine#intermediate-shell
 */
export async function measure(
  commands: readonly Command[],
  { rounds, runs, warmup = 1, pause = 0 }: Effort,
  { folder, stdin, signal, progress }: Measuring,
): Promise<ReadonlyMap<string, Sample>> {
  const file = join(folder, "hyperfine.json");
  const isPrepared = pause > 0 || commands.some(({ input }) => input !== undefined);
  const words = [
    ...["hyperfine", "--style", "none", "--warmup", String(warmup), "--runs", String(Math.max(2, runs))],
    ...["--export-json", file],
    ...(commands.some(({ input }) => input !== undefined) ? [] : ["-N"]),
    ...commands.flatMap(({ input, readers }) =>
      isPrepared ? ["--prepare", stdin.prepare(input, readers, pause)] : [],
    ),
    ...commands.map((command) => stdin.line(command)),
  ];
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    progress(`round ${round} of ${rounds}`);
    await runWell({ words }, signal);
    const { results } = JSON.parse(await readFile(file, "utf8")) as { results: { times: number[] }[] };
    for (const [index, { name }] of commands.entries()) {
      const seconds = results[index]?.times ?? [];
      times.get(name)?.push(...seconds.map((value) => value * 1000));
    }
  }
  return new Map([...times].map(([name, values]) => [name, sampleOf(values)]));
}

/** A sample of these times, in milliseconds. */
export function sampleOf(times: readonly number[]): Sample {
  if (times.length === 0) throw new BenchError("hyperfine gave no times; is it one of 1.15 or newer?");
  return { times, median: median(times), p99: percentile(times, 0.99) };
}
