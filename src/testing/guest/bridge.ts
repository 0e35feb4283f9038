import { BRIDGE, type Bridge, type Question, type Reply } from "../bridge.ts";
import { TestError } from "./test-error.ts";

/** The tests' way to the engine. */
export const bridge: Bridge = (globalThis as unknown as Record<string, Bridge>)[BRIDGE] as Bridge;

// kept from before a test replaces them
const { parse, stringify } = JSON;

/** Asks the engine. What it refuses is the test's mistake, and thrown. */
export function ask<Value>(question: Question): Value {
  const reply = parse(bridge.ask(stringify(question))) as Reply;
  if (!reply.ok) throw new TestError(reply.message);
  return reply.value as Value;
}
