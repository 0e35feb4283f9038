import { harden } from "../../sandbox/guest/harden.ts";
import { describeThrown } from "../../sandbox/guest/text.ts";
import { BRIDGE, type Bridge, type TestEnd } from "../bridge.ts";
import { TestError } from "./test-error.ts";

let bridge: Bridge;

/**
 * The host's way into the isolate of the tests: `start` with what asks the engine, `load` with the test file's code, then
 * `names`, and `run` with a test's number. It gives JSON.
 */
export function enter(command: string, given: unknown): string {
  if (command === "start") start(given as HostCall);
  if (command === "load") {
    const loaded = end(given as () => unknown);
    bridge.isLoaded = true;
    return loaded;
  }
  if (command === "names") return JSON.stringify(bridge.tests.map(({ name }) => name));
  if (command === "run") return end(() => runTest(given as number));
  return "";
}

/** isolated-vm's reference to the host's function. */
interface HostCall {
  applySyncPromise(self: undefined, values: readonly [string]): string;
}

function start(host: HostCall): void {
  harden();
  const ask = (question: string): string => host.applySyncPromise(undefined, [question]);
  bridge = { ask, isLoaded: false, tests: [], asserted: 0, verdicts: 0 };
  Object.defineProperty(globalThis, BRIDGE, { value: bridge, configurable: true });
}

function runTest(index: number): void {
  const test = bridge.tests[index];
  bridge.asserted = 0;
  bridge.verdicts = 0;
  if (test?.run() instanceof Promise) throw new TestError("it returns a promise; tests are synchronous");
  if (bridge.asserted === 0) {
    throw new TestError(
      "it asserts nothing; end it with allowed(), denied(), warned() or failed() of what judge() gives",
    );
  }
}

/** How a call of the test's code ended. */
function end(call: () => unknown): string {
  try {
    call();
    return JSON.stringify({ ok: true } satisfies TestEnd);
  } catch (thrown) {
    const { message, stack } = describeThrown(thrown);
    const verdict = (thrown as { readonly verdict?: unknown } | null)?.verdict;
    const which = typeof verdict === "number" ? { verdict } : {};
    return JSON.stringify({
      ok: false,
      message,
      ...(stack === undefined ? {} : { stack }),
      ...which,
    } satisfies TestEnd);
  }
}
