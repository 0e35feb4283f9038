import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLaunch } from "../../../src/bundle/launch.ts";
import { hookWords } from "../../../src/hook/invocation.ts";
import { MAX_BYTES } from "../../../src/xml/limits.ts";
import { type Built, build } from "../../support/launcher.ts";
import { CLIENT, startWarm, type Warm } from "../../support/warm.ts";
import { GOES_COLD } from "../goes-cold.ts";
import { differences } from "../judge-warm.ts";
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
  /** What a warm evaluator answered. */
  readonly answers: readonly string[];
  /** What is wrong; empty where it is contained. */
  readonly problems: readonly string[];
  /** That it ended past the deadline, and when; where others have the hook's turns, only that excuses it. */
  readonly late: readonly string[];
}

/** The largest document that a warm evaluator decides, in bytes. */
const MAX_WARM = 1024 * 1024;

const builds = new Map<string, Promise<Built>>();

/** The bundle of the honest policy with these limits, built once. */
function bundleWith(limits: string): Promise<Built> {
  const built = builds.get(limits) ?? build({ honest: HONEST }, limits);
  builds.set(limits, built);
  return built;
}

const services = new Map<string, Promise<Warm>>();

/** The warm evaluator for a bundle, started once. */
function serviceFor(bundle: string): Promise<Warm> {
  const started = services.get(bundle) ?? startWarm(bundle, 2);
  services.set(bundle, started);
  return started;
}

/** Ends the warm evaluators that were started; gives what is left of them. */
export async function endServices(): Promise<string[]> {
  const left = await Promise.all([...services.values()].map(async (service) => (await service).stop()));
  services.clear();
  return left.flat();
}

/**
 * Gives a hostile document to the real hook, without a warm evaluator and with one, and checks the verdict, its reason, the
 * time, the memory and what is left.
 */
export async function runDocument(attempt: DocumentAttempt): Promise<DocumentResult> {
  const { bundle, log } = await bundleWith(attempt.hasty === true ? HASTY_LIMITS : LIMITS);
  const { deadline, data } = await launchOf(bundle);
  const object = uniqueGuest();
  const [hook = "", , ...others] = hookWords(attempt.event ?? "qemu/prepare") ?? [];
  const document = Buffer.from(attempt.document());
  const limit = data + DATA_PER_BYTE * Math.min(document.length, MAX_BYTES);
  const call = async (...options: readonly string[]) => {
    const before = await linesOf(log, object);
    const words = ["hook", "--bundle", bundle, ...options, hook, object, ...others];
    const ended = await runMeasured(words, document, object);
    const logged = (await linesOf(log, object)).slice(before.length);
    const problems = documentProblems(attempt, ended, logged);
    const isLate = ended.seconds * 1000 > deadline * 10 + AFTER_DEADLINE;
    const late = isLate ? [`${ended.seconds.toFixed(2)} s, past the deadline and half a second`] : [];
    if (ended.peakBytes >= limit) problems.push(`${ended.peakBytes} bytes resident, of ${limit}`);
    if (ended.left.length > 0) problems.push(`processes that were left: ${ended.left.join()}`);
    if (ended.leftFiles.length > 0) problems.push(`files that were left: ${ended.leftFiles.join()}`);
    return { ...ended, log: logged.join("\n"), problems, late };
  };
  const cold = await call();
  const service = await serviceFor(bundle);
  const warm = await call("--socket", service.socket, "--client", CLIENT);
  const answers = service.answersAbout(object);
  const different = [...warm.problems, ...differences(cold, warm), ...answerProblems(attempt.name, document, answers)];
  return {
    name: attempt.name,
    outcome: outcomeOf(cold.status, cold.stderr),
    seconds: cold.seconds,
    peakBytes: cold.peakBytes,
    answers,
    problems: [...cold.problems, ...different.map((problem) => `by a warm evaluator: ${problem}`)],
    late: [...cold.late, ...warm.late],
  };
}

/** The protocol leaves large documents to the cold way; the others must be decided. */
function answerProblems(name: string, { length }: Uint8Array, answers: readonly string[]): string[] {
  const [answer = "nothing", ...more] = answers;
  const isRight = length > MAX_WARM ? answer.startsWith("undecided ") : answer === "record";
  const isExcused = GOES_COLD[`document/${name}`] !== undefined;
  return [
    ...(isRight || isExcused ? [] : [`it answered ${answer} to ${length} bytes`]),
    ...(more.length === 0 ? [] : [`it was asked ${more.length} times more`]),
  ];
}

async function linesOf(log: string, object: string): Promise<string[]> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text.split("\n").filter((line) => line.includes(object));
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
