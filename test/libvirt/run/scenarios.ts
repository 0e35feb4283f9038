import { basename } from "node:path";
import { type EventData, run } from "node:test";
import { inspect } from "node:util";

/** What became of all scenarios. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** How long each file took, in milliseconds. */
  readonly files: ReadonlyMap<string, number>;
}

type Ended = (EventData.TestPass | EventData.TestFail) & { readonly failed: boolean };

/** Runs test files and prints each of their tests with its time and what became of it. */
export async function runScenarios(
  files: readonly string[],
  jobs: number,
  env: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<Outcome> {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const times = new Map<string, number>();
  const titles: string[] = [];
  const stream = run({ files, concurrency: jobs, execArgv: ["--no-node-snapshot"], env });
  const ended = (test: Ended) => {
    const { name, nesting, details, skip, file = "" } = test;
    if (nesting === 0) times.set(basename(file), (times.get(basename(file)) ?? 0) + details.duration_ms);
    const isSuite = details.type === "suite";
    // one whose tests failed has nothing of its own to tell
    const error = test.failed && "error" in details ? reasonOf(details.error) : undefined;
    if (isSuite && error === undefined && skip === undefined) return;
    const outcome = test.failed ? "failed" : skip === undefined ? "passed" : "skipped";
    count[outcome]++;
    const title = [...titles.slice(1, nesting), name].join(": ");
    print(`${seconds(details.duration_ms)} ${outcome.padEnd(7)} ${title}${skip === undefined ? "" : `: ${skip}`}`);
    if (error !== undefined) print(error.replace(/^/gm, "          "));
  };
  stream.on("test:start", ({ name, nesting, file = "" }) => {
    titles.splice(nesting, titles.length, name);
    if (nesting === 0) print(`\n${name} (${basename(file)})`);
  });
  stream.on("test:pass", (test) => ended({ ...test, failed: false }));
  stream.on("test:fail", (test) => ended({ ...test, failed: true }));
  for (const event of ["test:stderr", "test:stdout"] as const) {
    stream.on(event, ({ message }) => print(message.trimEnd()));
  }
  // the events come while somebody reads
  for await (const _ of stream);
  return { ...count, files: times };
}

/** `  12.3 s` */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).padStart(6)} s`;
}

function reasonOf(error: Error & { failureType?: unknown }): string | undefined {
  if (error.failureType === "subtestsFailed") return undefined;
  return inspect(error.cause ?? error, { depth: 4 });
}
