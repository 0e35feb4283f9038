import { harden } from "../../sandbox/guest/harden.ts";
import { describeThrown, quote } from "../../sandbox/guest/text.ts";
import { BRIDGE, type Bridge } from "../bridge.ts";
import { TestError } from "./test-error.ts";

let bridge: Bridge;

/** The tests as they were when the file was loaded: what one of them does to the bridge changes no other. */
const loaded: NamedTest[] = [];

type NamedTest = Bridge["tests"][number];

/**
 * The host's way into the isolate of the tests: `start` with what asks the engine, `load` with the test file's code, then
 * `names`, and `run` with a test's number. It gives JSON.
 */
export function enter(command: string, given: unknown): string {
  if (command === "start") start(given as HostCall);
  if (command === "load") {
    const ended = end(given as () => unknown);
    bridge.isLoaded = true;
    const { tests } = bridge;
    for (let index = 0; index < tests.length; index += 1) {
      const { name, run } = tests[index] as NamedTest;
      loaded[index] = { name, run };
    }
    return ended;
  }
  if (command === "names") return names();
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
  const test = loaded[index];
  bridge.asserted = 0;
  bridge.verdicts = 0;
  if (test?.run() instanceof Promise) throw new TestError("it returns a promise; tests are synchronous");
  if (bridge.asserted === 0) {
    throw new TestError(
      "it asserts nothing; end it with allowed(), denied(), warned() or failed() of what judge() gives",
    );
  }
}

/** JSON of the tests' names. */
function names(): string {
  let list = "";
  for (let index = 0; index < loaded.length; index += 1) {
    list += `${index === 0 ? "" : ","}${quote((loaded[index] as NamedTest).name)}`;
  }
  return `[${list}]`;
}

/** How a call of the test's code ended: JSON of a `TestEnd`, made by hand, since a test can give anything a `toJSON`. */
function end(call: () => unknown): string {
  try {
    call();
    return '{"ok":true}';
  } catch (thrown) {
    const { message, stack } = describeThrown(thrown);
    const verdict = verdictOf(thrown);
    const where = stack === undefined ? "" : `,"stack":${quote(stack)}`;
    return `{"ok":false,"message":${quote(message)}${where}${verdict === undefined ? "" : `,"verdict":${verdict}`}}`;
  }
}

/** Which verdict an assertion was about. It may be a getter, or a number that JSON has none of. */
function verdictOf(thrown: unknown): number | undefined {
  try {
    const verdict = (thrown as { readonly verdict?: unknown } | null)?.verdict;
    return typeof verdict === "number" && verdict >= 0 && verdict < 2 ** 31 ? verdict : undefined;
  } catch {
    return undefined;
  }
}
