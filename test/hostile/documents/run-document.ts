import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLaunch } from "../../../src/bundle/launch.ts";
import { hookWords } from "../../../src/hook/invocation.ts";
import { MAX_BYTES } from "../../../src/xml/limits.ts";
import { type Built, build } from "../../support/launcher.ts";
import { runMeasured, uniqueGuest } from "../measure.ts";
import type { DocumentAttempt } from "./attempt.ts";
import { documentProblems } from "./document-problems.ts";
import { HONEST } from "./honest.ts";
import { AFTER_DEADLINE, DATA_PER_BYTE, HASTY_LIMITS, LIMITS } from "./limits.ts";

/** What became of a hostile document. */
export interface DocumentResult {
  readonly name: string;
  /** `denied`, `refused` or `out of time`; `status N` for what must not be. */
  readonly outcome: string;
  readonly seconds: number;
  /** The most that a process of the call had resident. */
  readonly peakBytes: number;
  /** What is wrong; empty where it is contained. */
  readonly problems: readonly string[];
  /** That it ended past the deadline, and when; where others have the hook's turns, only that excuses it. */
  readonly late: readonly string[];
}

const builds = new Map<string, Promise<Built>>();

/** The bundle of the honest policy with these limits, built once. */
function bundleWith(limits: string): Promise<Built> {
  const built = builds.get(limits) ?? build({ honest: HONEST }, limits);
  builds.set(limits, built);
  return built;
}

/** Gives a hostile document to the real hook, and checks the verdict, its reason, the time, the memory and what is left. */
export async function runDocument(attempt: DocumentAttempt): Promise<DocumentResult> {
  const { bundle, log } = await bundleWith(attempt.hasty === true ? HASTY_LIMITS : LIMITS);
  const { deadline, data } = await launchOf(bundle);
  const object = uniqueGuest();
  const [hook = "", , ...others] = hookWords(attempt.event ?? "qemu/prepare") ?? [];
  const document = Buffer.from(attempt.document());
  const ended = await runMeasured(["hook", "--bundle", bundle, hook, object, ...others], document, object);
  const logged = (await readFile(log, "utf8").catch(() => "")).split("\n").filter((line) => line.includes(object));
  const limit = data + DATA_PER_BYTE * Math.min(document.length, MAX_BYTES);
  const problems = documentProblems(attempt, ended, logged);
  const isLate = ended.seconds * 1000 > deadline * 10 + AFTER_DEADLINE;
  const late = isLate ? [`${ended.seconds.toFixed(2)} s, past the deadline and half a second`] : [];
  if (ended.peakBytes >= limit) problems.push(`${ended.peakBytes} bytes resident, of ${limit}`);
  if (ended.left.length > 0) problems.push(`processes that were left: ${ended.left.join()}`);
  if (ended.leftFiles.length > 0) problems.push(`files that were left: ${ended.leftFiles.join()}`);
  const { seconds, peakBytes } = ended;
  return { name: attempt.name, outcome: outcomeOf(ended.status, ended.stderr), seconds, peakBytes, problems, late };
}

async function launchOf(bundle: string): Promise<{ deadline: number; data: number }> {
  const launch = parseLaunch(await readFile(join(bundle, "current/launch"), "utf8"));
  if (launch === undefined) throw new Error(`cannot read the bundle that was built in ${bundle}`);
  return launch;
}

function outcomeOf(status: number | null, stderr: string): string {
  if (status === 1) return "denied";
  if (status !== 3) return `status ${status}`;
  return stderr.includes("out of time") ? "out of time" : "refused";
}
