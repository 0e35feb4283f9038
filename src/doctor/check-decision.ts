import type { Event } from "../../typings/events.d.ts";
import { EVENTS } from "../hook/events.ts";
import { hookWords } from "../hook/invocation.ts";
import type { Hook } from "../install/places.ts";
import { admissionsOf } from "../install/sample-decision.ts";
import { SAMPLE_NAME, sampleDocument } from "../install/sample-documents.ts";
import { callScript, type ScriptCall } from "./call-script.ts";
import { fault, ok, type Row, warning } from "./row.ts";

const CHECK = "decision";

/** What is said of a policy that failed, and where that refuses nothing. */
const FAILED = /^policy \S+ failed: /;
const ALLOWED = / \(allowed by onError\)$/;

/** The guest or network that is asked about; the decision log shows who asked. */
const OBJECT = "virt-warden-doctor";

/** Of a hook's events that admit something, the first that policies watch, as libvirt calls them one after the other. */
export function sampleEvent(hook: Hook, watch: readonly Event[]): Event | undefined {
  const order = Object.keys(EVENTS);
  const [first] = admissionsOf(watch)
    .filter((event) => event.startsWith(`${hook}/`))
    .sort((one, other) => order.indexOf(one) - order.indexOf(other));
  return first;
}

/**
 * One decision from end to end: the installed script is called as libvirt would.
 *
 * @param deadline The bundle's, in milliseconds.
 * @param build The command that puts mended policies in force.
 */
export async function checkDecision(event: Event, script: string, deadline: number, build: string): Promise<Row> {
  const [hook, , ...words] = hookWords(event) ?? [];
  const document = sampleDocument(event).replaceAll(SAMPLE_NAME, OBJECT);
  const limit = 3 * deadline + 5000;
  const call = await callScript(script, [OBJECT, ...words], document, limit);
  // where policies count guests, the start of this one is noted by now
  if (hook !== "network") await callScript(script, [OBJECT, "release", "end", "-"], document, limit);
  return judge(event, call, deadline, build);
}

function judge(event: Event, { status, stderr, ms, problem }: ScriptCall, deadline: number, build: string): Row {
  const sample = `a sample at ${event}`;
  const lines = linesOf(stderr);
  const reason = problem ?? lines[0] ?? "it says nothing";
  if (status !== 0 && status !== 1 && status !== 2) {
    const detail = `${sample} cannot be decided (${status === null ? "no status" : `status ${status}`}): ${reason}`;
    return fault(CHECK, detail, "mend what the reason names, then virt-warden doctor again");
  }
  const failed = lines.filter((line) => FAILED.test(line));
  const refusing = failed.filter((line) => !ALLOWED.test(line));
  const mend = `mend the policy, then ${build}`;
  if (status === 2) {
    const why = refusing.length === 0 ? reason : refusing.join("; ");
    return fault(CHECK, `${sample} is refused, since a policy fails: ${why}`, mend);
  }
  const verdict = status === 0 ? "allowed" : reason;
  if (status === 1 && refusing.length > 0) {
    return fault(CHECK, `${sample}: ${verdict}; and a policy fails: ${refusing.join("; ")}`, mend);
  }
  const answer = `${sample} took ${ms} ms: ${verdict}`;
  if (failed.length > 0) {
    return warning(CHECK, `${answer}; but a policy fails, and judges nothing: ${failed.join("; ")}`, mend);
  }
  if (ms <= deadline / 4) return ok(CHECK, answer);
  const detail = `${answer}; that is more than a quarter of the deadline, ${deadline} ms`;
  const raise = `find what keeps the host busy, or raise limits.deadline in the configuration, then ${build}`;
  return warning(CHECK, detail, raise);
}

/** What virt-warden says, without its name. */
function linesOf(stderr: string): readonly string[] {
  return stderr
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^virt-warden: /, ""));
}
