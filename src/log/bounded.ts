import type { Decision } from "../engine/decision.ts";

/** How much of a line findings, failures and messages may take each, in UTF-16 units of JSON. */
const MAX_PART = 32 * 1024;

/** Drops what is too much for a log line, and says how much that was. */
export function bounded(decision: Decision): Decision {
  const findings = fitting(decision.findings);
  const failures = fitting(decision.failures);
  const logs = fitting(decision.logs);
  const dropped = {
    ...count("findings", decision.findings.length - findings.length),
    ...count("failures", decision.failures.length - failures.length),
    ...count("logs", decision.logs.length - logs.length),
  };
  return { ...decision, findings, failures, logs, ...(Object.keys(dropped).length === 0 ? {} : { dropped }) };
}

function fitting<T>(list: readonly T[]): readonly T[] {
  let size = 0;
  const end = list.findIndex((each) => {
    size += JSON.stringify(each).length;
    return size > MAX_PART;
  });
  return end < 0 ? list : list.slice(0, end);
}

function count(key: string, dropped: number): Readonly<Record<string, number>> {
  return dropped === 0 ? {} : { [key]: dropped };
}
