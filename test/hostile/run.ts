/** `npm run test:hostile`: the hostile policies, each judged by the real hook beside two honest ones. */
import { parseArgs } from "node:util";
import type { HostilePolicy } from "./attempt.ts";
import { buildCollection } from "./build-collection.ts";
import { readCollection } from "./read-collection.ts";
import { runAll } from "./run-all.ts";
import { type Attempt, runAttempt } from "./run-attempt.ts";
import { heading, isContained, lines, summary } from "./table.ts";

const USAGE = `Usage: npm run test:hostile -- [--jobs N] [NAME…]

Has the hook judge a guest by each policy of test/hostile/policies, beside two
honest ones, and prints what became of each: the outcome, the longest decision
in seconds, and the most memory of one process in MiB. With NAME, only those
whose group/name has one of the names in it. N at once (2 unless given).

Exit status: 0 all are contained; 1 one is not; 64 wrong usage.

Example:
  npm run test:hostile -- loop/ bigint
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let asked: { readonly jobs: number; readonly names: readonly string[] } | undefined;
  try {
    asked = readArguments(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 64;
  }
  if (asked === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { jobs, names } = asked;
  const collection = await readCollection();
  const chosen = collection.policies.filter((policy) => isAsked(policy, names));
  if (chosen.length === 0) {
    process.stderr.write(`No policy of the collection has ${names.join(" or ")} in its name\n`);
    return 64;
  }
  progress(`building ${collection.policies.length} policies`);
  const built = await buildCollection(collection);
  console.log(heading());
  let count = 0;
  const print = (attempt: Attempt) => {
    progress("");
    for (const line of lines(attempt)) console.log(line);
  };
  const attempts = await runAll(
    chosen,
    jobs,
    (policy) => runAttempt(policy, collection, built),
    (attempt) => {
      if (attempt.late.length === 0) print(attempt);
      progress(`${++count} of ${chosen.length}`);
    },
  );
  const judged: Attempt[] = [];
  for (const attempt of attempts) {
    if (attempt.late.length === 0) judged.push(attempt);
    else {
      // late beside another, it gets the machine for itself once
      progress(`again, alone: ${attempt.policy.group}/${attempt.policy.name}`);
      const again = await runAttempt(attempt.policy, collection, built);
      print(again);
      judged.push(again);
    }
  }
  progress("");
  console.log(summary(judged));
  return judged.every(isContained) ? 0 : 1;
}

function readArguments(args: string[]): { jobs: number; names: readonly string[] } | undefined {
  const options = { jobs: { type: "string", default: "2" }, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help === true) return undefined;
  if (!/^[1-9][0-9]?$/.test(values.jobs))
    throw new Error(`Cannot run: --jobs is no number from 1 to 99: ${values.jobs}`);
  return { jobs: Number(values.jobs), names: positionals };
}

function isAsked({ group, name }: HostilePolicy, names: readonly string[]): boolean {
  return names.length === 0 || names.some((each) => `${group}/${name}`.includes(each));
}

/** Says on a terminal what goes on, in a line that the next one takes the place of. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
