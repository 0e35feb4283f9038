import { dataLimit } from "../../src/bundle/launch.ts";
import type { Limits, ManifestPolicy } from "../../src/bundle/manifest.ts";
import { productRoot } from "../../src/product.ts";
import type { HostilePolicy, Outcome } from "./attempt.ts";
import { linesOf, stderrProblems } from "./check-stderr.ts";
import { type Logged, outcomeOf, readLogLine } from "./decision-log.ts";
import { HONEST, type Judged } from "./judge-beside-honest.ts";

/** What one decision made of a hostile policy. */
export interface Checked {
  readonly outcome: Outcome | "no decision";
  /** What is wrong; empty where the policy is contained. */
  readonly problems: readonly string[];
}

/** What nobody may learn from a policy's words: where the product lies, and what its own code is named. */
const HOST = [productRoot, "/proc/self", "node:internal", "evaluator.cjs"];

/** Room in the data limit for the document, which is far below a KiB here. */
const DOCUMENT = 128 * 1024;

/**
 * Checks one decision.
 *
 * @param rule How the hostile policy stands in the manifest.
 */
export function checkDecision(judged: Judged, policy: HostilePolicy, rule: ManifestPolicy, limits: Limits): Checked {
  const honestDeny = judged.operation === "prepare";
  const { name, outcomes } = policy;
  const problems = [...resourceProblems(judged, limits), ...stderrProblems(judged, name, honestDeny)];
  if (judged.stdout !== "") problems.push("something on stdout");
  for (const secret of HOST) {
    if ((judged.stderr + judged.log).includes(secret)) problems.push(`${secret} is in the reasons or the log`);
  }
  if (policy.never?.test(judged.stderr + judged.log)) problems.push(`${policy.never} is in the reasons or the log`);
  let logged: Logged;
  try {
    logged = readLogLine(judged.log);
  } catch (error) {
    problems.push((error as Error).message, `exit status ${judged.status}, and on stderr: ${judged.stderr.trim()}`);
    return { outcome: "no decision", problems };
  }
  const outcome = outcomeOf(logged, name);
  if (!outcomes.includes(outcome)) problems.push(`came to ${outcome} instead of ${outcomes.join(" or ")}`);
  const status = honestDeny ? 1 : statusOf(outcome, rule);
  if (judged.status !== status) problems.push(`exit status ${judged.status} instead of ${status}`);
  if (logged.status !== judged.status) problems.push(`status ${logged.status} in the log`);
  return {
    outcome,
    problems: [...problems, ...honestProblems(logged, honestDeny), ...reasonProblems(judged, policy, outcome)],
  };
}

function resourceProblems({ peakBytes, peakData, left, leftFiles }: Judged, { memory }: Limits): string[] {
  const most = dataLimit(memory) + DOCUMENT;
  return [
    ...(peakBytes > 0 ? [] : ["no process was measured"]),
    ...(peakBytes < most ? [] : [`${peakBytes} bytes resident, with a data limit of ${most}`]),
    ...(peakData <= most ? [] : [`${peakData} bytes of data, with a data limit of ${most}`]),
    ...(left.length === 0 ? [] : [`processes are left: ${left.join(", ")}`]),
    ...(leftFiles.length === 0 ? [] : [`files are left: ${leftFiles.join(", ")}`]),
  ];
}

/** What the hostile policy alone makes of the event. */
function statusOf(outcome: Outcome, { onError }: ManifestPolicy): number {
  if (outcome === "allowed" || (outcome === "exception" && onError === "allow")) return 0;
  return outcome.startsWith("denied") ? 1 : 2;
}

function honestProblems({ findings, failures, policies }: Logged, honestDeny: boolean): string[] {
  const expected = honestDeny ? "deny" : "allow";
  return HONEST.flatMap((name) => {
    const found = policies.find((each) => each.name === name)?.outcome;
    const denials = findings.filter(({ policy }) => policy === name).length;
    return [
      ...(found === expected ? [] : [`the honest policy ${name} came to ${found} instead of ${expected}`]),
      ...(denials === (honestDeny ? 1 : 0) ? [] : [`${denials} findings of ${name} in the log`]),
      ...failures.filter(({ policy }) => policy === name).map(({ message }) => `${name} failed: ${message}`),
    ];
  });
}

/** Whatever is not allowed is named on stderr, with the reason that the collection expects. */
function reasonProblems({ stderr }: Judged, { name, reason }: HostilePolicy, outcome: Outcome): string[] {
  const own = linesOf(stderr, name);
  if (outcome !== "allowed" && own.length === 0) return [`${name} is not named on stderr`];
  if (reason === undefined || own.some((line) => reason.test(line))) return [];
  return [`no reason matches ${reason}: ${own.join("; ").slice(0, 500)}`];
}
