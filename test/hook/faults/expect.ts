import assert from "node:assert/strict";
import { BAD, type CallOptions, DENIAL, type Timed } from "./call.ts";

/**
 * When a hook counts as hanging, in seconds: its own decision takes ten and a half at most, but before that it may wait
 * for its turn, beside the other tests' hooks as long as two hundred of those take.
 */
export const BOUND = 60;

/** An engine failure that says what is wrong and then, after a semicolon, what to do. */
const ONE_CLEAR_LINE = /^virt-warden: engine failure: [^\n;]{10,}(?:; [^\n]{5,})?\n$/;

/** What the log's warning looks like, which may follow any verdict. */
const LOG_WARNING = /^virt-warden: warning: cannot write the decision log [^\n]+\n$/m;

/** Refused with status 3, in time, in one clear line that has the reason. */
export function assertRefused(ended: Timed, reason: RegExp, what?: string): void {
  const said = `${what ?? ""} ${JSON.stringify(ended)}`;
  assert.equal(ended.status, 3, said);
  assert.match(ended.stderr, reason, said);
  assert.match(withoutWarning(ended.stderr), ONE_CLEAR_LINE, said);
  assertQuiet(ended, said);
}

/** Allowed without a word. */
export function assertAllowed(ended: Timed, what?: string): void {
  const said = `${what ?? ""} ${JSON.stringify(ended)}`;
  assert.equal(ended.status, 0, said);
  assert.equal(ended.stderr, "", said);
  assertQuiet(ended, said);
}

/** Denied by the honest policy. */
export function assertDenied(ended: Timed, what?: string): void {
  const said = `${what ?? ""} ${JSON.stringify(ended)}`;
  assert.equal(ended.status, 1, said);
  assert.equal(ended.stderr, DENIAL, said);
  assertQuiet(ended, said);
}

/** The right verdict for a good and for a bad guest, whatever the fault. */
export async function assertRightVerdicts(call: (options: CallOptions) => Promise<Timed>, what: string): Promise<void> {
  assertAllowed(await call({}), what);
  assertDenied(await call({ document: BAD }), what);
}

/**
 * Never a wrong allow and never a hang: for a good and for a bad guest the right verdict, or a refusal in one clear
 * line.
 *
 * @returns The two statuses.
 */
export async function assertNeverWrong(
  call: (options: CallOptions) => Promise<Timed>,
  what: string,
): Promise<readonly (number | null)[]> {
  const good = await call({});
  const bad = await call({ document: BAD });
  for (const [ended, status, line] of [
    [good, 0, ""],
    [bad, 1, DENIAL],
  ] as const) {
    const said = `${what}: ${JSON.stringify(ended)}`;
    if (ended.status === status) assert.equal(withoutWarning(ended.stderr), line, said);
    else assertRefused(ended, /engine failure/, what);
    assertQuiet(ended, said);
  }
  return [good.status, bad.status];
}

/** Nothing on stdout, which could replace a guest's document, and in time. */
function assertQuiet({ stdout, seconds }: Timed, said: string): void {
  assert.equal(stdout, "", said);
  assert.ok(seconds < BOUND, `took ${seconds} s: ${said}`);
}

function withoutWarning(stderr: string): string {
  return stderr.replace(LOG_WARNING, "");
}
