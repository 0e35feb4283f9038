import type { Decision } from "../../src/engine/decision.ts";
import type { Expected, ExpectedPolicy } from "./expect.ts";
import type { Verdict } from "./verdict.ts";

/** What is wrong with a verdict; empty where it is what it must be. */
export function check(verdict: Verdict, expected: Expected): string[] {
  const { status, decision, stderr } = verdict;
  const problems = [...verdict.problems];
  if (status === null || !expected.statuses.includes(status)) {
    problems.push(`status ${status} instead of ${expected.statuses.join(" or ")}`);
  }
  if (stderr !== undefined) problems.push(...stderrProblems(stderr, expected));
  if (decision === undefined) return expected.isWatched ? [...problems, "nothing in the decision log"] : problems;
  if (stderr !== undefined && !expected.isWatched) problems.push("an event that nobody watches is in the decision log");
  if (decision.status !== status) problems.push(`status ${decision.status} in the log`);
  if (decision.decision !== (status === 0 ? "allow" : "deny")) problems.push(`"${decision.decision}" in the log`);
  if ((decision.error !== undefined) !== expected.isRefused) {
    problems.push(
      decision.error === undefined ? "the document was read" : `an engine failure: ${decision.error.message}`,
    );
  }
  return expected.isRefused || decision.error !== undefined
    ? problems
    : [...problems, ...policyProblems(decision, expected)];
}

function policyProblems(decision: Decision, { policies }: Expected): string[] {
  const names = decision.policies.map(({ name }) => name).join(" ");
  const order = policies.map(({ name }) => name).join(" ");
  return [
    ...(names === order ? [] : [`the policies are ${names} instead of ${order}`]),
    ...policies.flatMap((policy) => onePolicyProblems(decision, policy)),
    ...[...decision.findings, ...decision.failures]
      .filter((each) => policies.every(({ name }) => name !== each.policy))
      .map((each) => `something is by ${each.policy}, which is not there`),
  ];
}

function onePolicyProblems(decision: Decision, expected: ExpectedPolicy): string[] {
  const { name, finds, floods, fails } = expected;
  const problems: string[] = [];
  const found = decision.findings
    .filter(({ policy }) => policy === name)
    .map(({ level, reason }) => `${level} ${reason}`);
  const wanted = finds.map(({ level, reason }) => `${level} ${reason}`);
  const isLost = expected.mayLoseFindings && found.length === 0;
  const compared = floods ? found.slice(0, wanted.length) : found;
  if (!isLost && compared.join("\n") !== wanted.join("\n")) {
    problems.push(`${name} found ${JSON.stringify(found.slice(0, 5))} instead of ${JSON.stringify(wanted)}`);
  }
  const failures = decision.failures.filter(({ policy }) => policy === name);
  const allowed = expected.isAllowed && expected.binds ? "allow" : undefined;
  for (const { kind, message, onError } of failures) {
    if (!fails.includes(kind)) problems.push(`${name} failed: ${kind}, ${message}`);
    if (onError !== allowed) problems.push(`${name} failed, and the log says of onError: ${onError}`);
  }
  if (failures.length !== Math.min(1, fails.length)) problems.push(`${name} failed ${failures.length} times`);
  const outcome = decision.policies.find((policy) => policy.name === name)?.outcome;
  const right = outcomeOf(expected, isLost);
  if (outcome !== right) problems.push(`${name} came to ${outcome} instead of ${right}`);
  return problems;
}

function outcomeOf({ runs, finds, fails }: ExpectedPolicy, isLost: boolean): string {
  if (runs !== "runs") return runs;
  if (!isLost && finds.some(({ level }) => level === "deny")) return "deny";
  if (fails.length > 0) return "failed";
  return finds.length > 0 ? "warn" : "allow";
}

/** Every line is of a known form, and whoever denied or failed is named, and nobody else. */
function stderrProblems(stderr: string, { policies, isRefused, isWatched }: Expected): string[] {
  const lines = stderr.split("\n").slice(0, -1);
  const problems = lines.length > 20 ? [`${lines.length} lines on stderr`] : [];
  const named = (pattern: RegExp) => new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []));
  const denied = named(/^virt-warden: (?:only logged at \S+: )?denied by ([^:]+): /);
  const failed = named(/^virt-warden: (?:only logged at \S+: )?policy (\S+) failed: /);
  const strange = lines.filter(
    (line) =>
      !/^virt-warden: (?:only logged at \S+: )?(?:denied by|policy|warning by|engine failure:|\d+ more reasons) /.test(
        line,
      ),
  );
  problems.push(...strange.map((line) => `on stderr: ${JSON.stringify(line.slice(0, 200))}`));
  const isSilent = isRefused || !isWatched;
  for (const policy of policies) {
    const { name, binds, finds, mayLoseFindings, fails } = policy;
    const denies = !isSilent && binds && finds.some(({ level }) => level === "deny");
    if (denied.has(name) !== denies && !(denies && mayLoseFindings)) {
      problems.push(`${name} is ${denies ? "not " : ""}named on stderr as denying`);
    }
    const isFailing = !isSilent && fails.length > 0;
    if (failed.has(name) !== isFailing) problems.push(`${name} is ${isFailing ? "not " : ""}named on stderr as failed`);
  }
  if (isRefused !== lines.some((line) => /^virt-warden: (?:only logged at \S+: )?engine failure: /.test(line))) {
    problems.push(isRefused ? "no engine failure on stderr" : "an engine failure on stderr");
  }
  return problems;
}
