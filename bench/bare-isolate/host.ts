/**
 * A host of policies that relies on isolated-vm alone, as the example in its README does it: an isolate with a
 * `memoryLimit`, a context, functions given by the host, code run asynchronously, all of it with a `timeout`. It is
 * kinder than that example: every policy has an isolate of its own, which is disposed of afterwards; the context
 * crosses as a copy; no object of isolated-vm is handed in; names come from the host, never from a policy; what
 * `check` returns is not looked at; and only texts come back. It takes no other measures.
 *
 * @see https://github.com/laverdet/isolated-vm#examples
 */
import { text } from "node:stream/consumers";
import ivm from "isolated-vm";
import { type BareFinding, type BareVerdict, type Job, READY } from "./job.ts";

const CHECK = `"use strict";
const [context, find, write] = [$0, $1, $2];
const finding = (level) => (reason, place) => {
  const at = place?.at;
  find(level, String(reason), at === undefined ? undefined : String(at));
};
const log = (level) => (message, fields) => write(level, String(message), JSON.stringify(fields));
__policy.default.check({
  ...context,
  deny: finding("deny"),
  warn: finding("warn"),
  log: { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") },
});`;

const { policies, context, time, memory } = JSON.parse(await text(process.stdin)) as Job;
const findings: BareFinding[] = [];
const failures: { policy: string; message: string }[] = [];
const logs: string[][] = [];
process.stdout.write(`${READY}${Date.now()}\n`);
for (const { name, code } of policies) {
  try {
    await check(name, code);
  } catch (error) {
    failures.push({ policy: name, message: String(error) });
  }
}
process.stdout.write(JSON.stringify({ findings, failures } satisfies BareVerdict));

async function check(policy: string, code: string): Promise<void> {
  const isolate = new ivm.Isolate({ memoryLimit: memory });
  try {
    const world = await isolate.createContext();
    const script = await isolate.compileScript(code);
    await script.run(world, { timeout: time });
    const find = (level: BareFinding["level"], reason: string, at?: string): void => {
      findings.push({ policy, level, reason, ...(at === undefined ? {} : { at }) });
    };
    const write = (...words: string[]): void => {
      logs.push([policy, ...words]);
    };
    await world.evalClosure(CHECK, [new ivm.ExternalCopy(context).copyInto(), find, write], { timeout: time });
  } finally {
    if (!isolate.isDisposed) isolate.dispose();
  }
}
