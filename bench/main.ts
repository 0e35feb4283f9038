/** `npm run bench`: the product beside what people use today. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { productRoot } from "../src/product.ts";
import { BenchError } from "./bench-error.ts";
import { atOnce } from "./cases/at-once.ts";
import { audit } from "./cases/audit.ts";
import { cold } from "./cases/cold.ts";
import type { Case, CaseResult } from "./cases/comparison.ts";
import { manyPolicies } from "./cases/many-policies.ts";
import { unwatched } from "./cases/unwatched.ts";
import { warm } from "./cases/warm.ts";
import { clientOf } from "./client.ts";
import { serviceText } from "./format.ts";
import type { Chart, GrowthCase } from "./growth/chart.ts";
import { documents } from "./growth/documents.ts";
import { hooks } from "./growth/hooks.ts";
import { policyCounts } from "./growth/policies.ts";
import { checkProduct, Lab } from "./lab.ts";
import { machine, versions } from "./machine.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { enterPrivateRun } from "./private-run.ts";
import { Progress } from "./progress.ts";
import { breakdowns, faultsOf, type Results, resultFiles } from "./results.ts";
import { checkVerdicts } from "./same-verdicts.ts";
import { breakdownRows, goalRows, growthRows, plain, subjectRows } from "./table.ts";
import { findTools } from "./tools.ts";

const CASES: readonly Case[] = [unwatched, warm, manyPolicies, cold, atOnce, audit];
const GROWTHS: readonly GrowthCase[] = [documents, policyCounts, hooks];

const NAMES = [...CASES, ...GROWTHS].map(({ id }) => id);

const HELP = `${USAGE}Cases: ${NAMES.join(", ")}

Exit status: 0 measured, whether goals are met or not; 1 something grows faster
than linear, or could not be measured; 64 wrong usage.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args, NAMES);
  if (options === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  if ("problem" in options) {
    process.stderr.write(`bench: ${options.problem}\n\n${HELP}`);
    return 64;
  }
  const shared = enterPrivateRun();
  if (shared !== undefined) process.stderr.write(`bench: ${shared}\n`);
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => stop.abort(new BenchError(`stopped by ${name}`)));
  }
  try {
    const results = await measureAll(options, stop.signal);
    if (options.writes) await write(results);
    return report(results);
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    process.stderr.write(`bench: ${error.message}\n`);
    return 1;
  }
}

async function measureAll({ isQuick, only }: Options, signal: AbortSignal): Promise<Results> {
  await checkProduct();
  const tools = await findTools(signal);
  const isChosen = ({ id }: Case | GrowthCase): boolean => only.length === 0 || only.includes(id);
  const chosen = CASES.filter(isChosen);
  // a minute is too short for growth, unless it is asked for
  const growths = isQuick && only.length === 0 ? [] : GROWTHS.filter(isChosen);
  const seconds = [...chosen, ...growths].map((each) => [each.id, each.seconds[isQuick ? 1 : 0]] as const);
  const progress = new Progress(new Map(seconds));
  await using lab = await Lab.make({ tools, isQuick, signal, progress: progress.say });
  await checkVerdicts(lab);
  const cases: CaseResult[] = [];
  for (const each of chosen) {
    progress.begin(each.id);
    cases.push(await each.run(lab));
  }
  const charts: Chart[] = [];
  for (const each of growths) {
    progress.begin(each.id);
    charts.push(await each.run(lab));
  }
  const client = await clientOf(await lab.site(1), signal);
  return { isQuick, machine: machine(), versions: versions(tools, client), cases, charts };
}

async function write(results: Results): Promise<void> {
  for (const [name, text] of Object.entries(resultFiles(results, new Date()))) {
    await writeFile(join(productRoot, "bench", name), text);
  }
}

/** @returns the exit status. */
function report({ cases, charts }: Results): number {
  for (const { title, subjects, service } of cases) {
    console.log([title, plain(subjectRows(subjects)), ...(service ? [serviceText(service)] : []), ""].join("\n"));
  }
  const ways = breakdowns(cases);
  if (ways.size > 0) console.log(`one decision\n${plain(breakdownRows(ways))}\n`);
  for (const chart of charts) console.log(`${chart.title}\n${plain(growthRows(chart))}\n`);
  if (cases.length > 0) console.log(`goals\n${plain(goalRows(cases), [0, 1, 4])}`);
  const faults = faultsOf(charts);
  for (const fault of faults) process.stderr.write(`bench: ${fault}\n`);
  return faults.length === 0 ? 0 : 1;
}
