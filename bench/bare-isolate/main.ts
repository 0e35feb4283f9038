/** `npm run bench:bare`: the hostile collection against isolated-vm with nothing around it. */
import { parseArgs } from "node:util";
import type { HostilePolicy } from "../../test/hostile/attempt.ts";
import { type BuiltCollection, buildCollection } from "../../test/hostile/build-collection.ts";
import { readCollection } from "../../test/hostile/read-collection.ts";
import { runAll } from "../../test/hostile/run-all.ts";
import { classify } from "./classify.ts";
import { makeJob } from "./make-job.ts";
import { runHost } from "./run-host.ts";
import { heading, lines, type Result, summary } from "./table.ts";

const USAGE = `Usage: npm run bench:bare -- [--jobs N] [NAME...]

Has a plain isolated-vm host judge a guest by each policy of the hostile
collection (test/hostile/policies) beside two honest ones, with the same limits
as npm run test:hostile and nothing but isolated-vm's own timeout and
memoryLimit to enforce them. Every policy has a Node process of its own, which
is ended from outside after 5 s or at 1 GiB. With NAME, only those whose
group/name has one of the names in it. N at once (2 unless given).

What got through:
  hung      it ran until it was ended from outside
  late      it ended by itself, more than a second past its limit
  crash     the host's process ended without a verdict
  memory    the host took over 128 MiB more than the limit
  lost      an honest policy's denial was missing or altered
  allowed   it denied, and was taken for allowing
  reached   it found code from text, memory that nobody counts, or isolated-vm

Exit status: 0 measured, whatever it shows; 64 wrong usage.

Example:
  npm run bench:bare -- loop/ exhaust/
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
  const chosen = collection.policies.filter(({ group, name }) => {
    return names.length === 0 || names.some((each) => `${group}/${name}`.includes(each));
  });
  if (chosen.length === 0) {
    process.stderr.write(`No policy of the collection has ${names.join(" or ")} in its name\n`);
    return 64;
  }
  progress(`building ${collection.policies.length} policies`);
  const built = await buildCollection(collection);
  let count = 0;
  const results = await runAll(
    chosen,
    jobs,
    (policy) => measure(policy, built),
    ({ policy }) => progress(`${++count} of ${chosen.length}: ${policy.group}/${policy.name}`),
  );
  const fair: Result[] = [];
  for (const result of results) {
    // late beside another, it gets the machine for itself once
    fair.push(result.breaches.includes("late") ? await measure(result.policy, built) : result);
  }
  progress("");
  for (const line of [heading(), ...fair.flatMap(lines), "", ...summary(fair)]) console.log(line);
  return 0;
}

async function measure(policy: HostilePolicy, { bundle }: BuiltCollection): Promise<Result> {
  // no host can load what is not bundled, a plain one neither
  if (policy.outcomes.length === 0) return { policy, run: undefined, breaches: [], detail: undefined };
  const job = makeJob(bundle, policy.name);
  const run = await runHost(job);
  return { policy, run, ...classify(policy, run, job) };
}

function readArguments(args: string[]): { jobs: number; names: readonly string[] } | undefined {
  const options = { jobs: { type: "string", default: "2" }, help: { type: "boolean", short: "h" } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  if (values.help === true) return undefined;
  if (!/^[1-9][0-9]?$/.test(values.jobs))
    throw new Error(`Cannot run: --jobs is no number from 1 to 99: ${values.jobs}`);
  return { jobs: Number(values.jobs), names: positionals };
}

/** Says on a terminal what goes on, in a line that the next one takes the place of. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
