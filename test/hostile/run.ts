/** `npm run test:hostile`: the hostile policies, each judged by the real hook beside two honest ones, and documents. */
import { type BuiltCollection, buildCollection } from "./build-collection.ts";
import { askedBy, chosenOf, type Named, progress } from "./command-line.ts";
import { documentAttempts } from "./documents/attempts.ts";
import { endServices, runDocument } from "./documents/run-document.ts";
import { type Collection, readCollection } from "./read-collection.ts";
import { runAll } from "./run-all.ts";
import { runAttempt } from "./run-attempt.ts";
import { heading, isContained, lines, type Row, summary } from "./table.ts";

const USAGE = `Usage: npm run test:hostile -- [--jobs N] [NAME…]

Has the hook judge a guest by each policy of test/hostile/policies, beside two
honest ones, and each document of test/hostile/documents by an honest policy.
Then has a warm evaluator with the same bundle judge the same, which must come to
the same. Prints what became of each: the outcome, the longest decision in
seconds without a warm evaluator, the most memory of one process in MiB then, and
how many decisions a warm evaluator made of those that it was asked for. With NAME, only those whose group/name
has one of the names in it; the documents' group is document. N at once (2
unless given); what was late beside others is run once more, alone.

Exit status: 0 all are contained; 1 one is not; 64 wrong usage.

Example:
  npm run test:hostile -- loop/ bigint document/entity
`;

/** A policy or document of the collection, and how it is run. */
interface Item extends Named {
  /** Whether it is run by the collection's bundle. */
  readonly isPolicy: boolean;
  readonly run: (built: BuiltCollection | undefined) => Promise<Row>;
}

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  const asked = askedBy(args, USAGE);
  if (typeof asked === "number") return asked;
  const collection = await readCollection();
  const items = chosenOf([...policyItems(collection), ...documentItems()], asked);
  if (typeof items === "number") return items;
  let built: BuiltCollection | undefined;
  if (items.some(({ isPolicy }) => isPolicy)) {
    progress(`building ${collection.policies.length} policies`);
    built = await buildCollection(collection);
    progress("");
  }
  console.log(heading());
  let count = 0;
  const rows = await runAll({
    items,
    atOnce: asked.jobs,
    run: ({ run }) => run(built),
    isLate: ({ late }) => late.length > 0,
    done: (row, isLate) => {
      progress("");
      if (!isLate) for (const line of lines(row)) console.log(line);
      progress(isLate ? `${row.group}/${row.name} was late` : `${++count} of ${items.length}`);
    },
  });
  progress("");
  const left = await endServices();
  for (const problem of left) console.log(`NOT CONTAINED: ${problem}`);
  console.log(summary(rows));
  return rows.every(isContained) && left.length === 0 ? 0 : 1;
}

function policyItems(collection: Collection): Item[] {
  return collection.policies.map((policy) => ({
    group: policy.group,
    name: policy.name,
    isPolicy: true,
    run: (built) => {
      if (built === undefined) throw new Error(`Cannot judge ${policy.name}: the collection is not built`);
      return runAttempt(policy, collection, built);
    },
  }));
}

function documentItems(): Item[] {
  const group = "document";
  return documentAttempts.map((attempt) => ({
    group,
    name: attempt.name,
    isPolicy: false,
    run: async () => ({ group, ...(await runDocument(attempt)) }),
  }));
}
