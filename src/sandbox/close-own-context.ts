import harden from "virt-warden:guest-harden";
import type ivm from "isolated-vm";
import { SETUP_TIME } from "./guest-context.ts";

/** What the way into isolated-vm's own context is told at its end. */
const CLOSED = "closed";
const NOT_THERE = "not there";

/** Where the list of arguments is of another context, hardens that one. */
const CLOSE = `{
  const apply = (target, self, list) => {
    if (list instanceof Array) return "${NOT_THERE}";
    list.constructor.constructor(${JSON.stringify(`return ${harden}`)})()();
    return list.constructor.constructor === undefined ? "${CLOSED}" : "open";
  };
  const thrown = Object.defineProperty({}, "message", { get: new Proxy(() => {}, { apply }) });
  // a promise of V8's own: isolated-vm sees no rejection of the global one's
  (async () => { throw thrown; })();
}`;

/**
 * Hardens the context that isolated-vm keeps for itself in each isolate. It reads there what a promise was rejected with
 * that nobody waited for, and so runs a policy's code there: of a proxy that is called from a context V8 makes the list
 * of arguments in that context, and the constructor of that list's constructor made code from text. No call of
 * isolated-vm's gives that context out, so this goes the same way, before any policy's code runs.
 *
 * @param context a hardened one, of whose policy nothing has run yet.
 * @throws {Error} where the context was not closed: then no policy may run.
 * @see https://tc39.es/ecma262/#sec-proxy-object-internal-methods-and-internal-slots-call-thisargument-argumentslist
 * @see TaskEpilogue and CopyThrownValue in isolated-vm's environment.cc and external_copy.cc
 */
export function closeOwnContext(isolate: ivm.Isolate, context: ivm.Context): void {
  const script = isolate.compileScriptSync(CLOSE, { filename: "virt-warden:runtime" });
  const told = toldBy(() => script.runSync(context, { release: true, timeout: SETUP_TIME }));
  if (told === CLOSED || told === NOT_THERE) return;
  throw new Error(`Cannot close the isolate's own context: ${told}`);
}

/** What isolated-vm read of the rejection, which it throws. */
function toldBy(run: () => unknown): string {
  try {
    run();
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
