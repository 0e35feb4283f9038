/** `npm run bench:bare`: the hostile collection against isolated-vm with nothing around it. */
import type { HostilePolicy } from "../../test/hostile/attempt.ts";
import { type BuiltCollection, buildCollection } from "../../test/hostile/build-collection.ts";
import { askedBy, chosenOf, progress } from "../../test/hostile/command-line.ts";
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
  const asked = askedBy(args, USAGE);
  if (typeof asked === "number") return asked;
  const collection = await readCollection();
  const chosen = chosenOf(collection.policies, asked);
  if (typeof chosen === "number") return chosen;
  progress(`building ${collection.policies.length} policies`);
  const built = await buildCollection(collection);
  let count = 0;
  const results = await runAll({
    items: chosen,
    atOnce: asked.jobs,
    run: (policy) => measure(policy, built),
    isLate: ({ breaches }) => breaches.includes("late"),
    done: ({ policy }, isLate) => {
      progress(isLate ? `${policy.name} was late` : `${++count} of ${chosen.length}: ${policy.group}/${policy.name}`);
    },
  });
  progress("");
  for (const line of [heading(), ...results.flatMap(lines), "", ...summary(results)]) console.log(line);
  return 0;
}

async function measure(policy: HostilePolicy, { bundle }: BuiltCollection): Promise<Result> {
  // no host can load what is not bundled, a plain one neither
  if (policy.outcomes.length === 0) return { policy, run: undefined, breaches: [], detail: undefined };
  const job = makeJob(bundle, policy.name);
  const run = await runHost(job);
  return { policy, run, ...classify(policy, run, job) };
}
