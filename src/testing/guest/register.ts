import type * as api from "../../../typings/test.d.ts";
import { bridge } from "./bridge.ts";
import { TestError } from "./test-error.ts";

/** The longest name of a test, in UTF-16 units. */
const MAX_NAME = 300;

export const test: typeof api.test = (name, run) => {
  if (typeof name !== "string" || name.trim() === "") throw new TestError("test(): a test needs a name");
  if (name.length > MAX_NAME) {
    throw new TestError(`test(): a name has at most ${MAX_NAME} characters, and one has ${name.length}`);
  }
  if (typeof run !== "function") throw new TestError(`test(${JSON.stringify(name)}): the test itself is missing`);
  if (bridge.isLoaded) {
    throw new TestError(`test(${JSON.stringify(name)}): it is within another test; tests stand at the top of a file`);
  }
  if (bridge.tests.some((other) => other.name === name)) {
    throw new TestError(`test(${JSON.stringify(name)}): another test in this file has this name`);
  }
  bridge.tests.push({ name, run });
};

export const testEach: typeof api.testEach = (name, cases, run) => {
  const keys = Object.keys(cases);
  if (keys.length === 0) throw new TestError(`testEach(${JSON.stringify(name)}): there are no cases`);
  for (const key of keys) test(`${name}: ${key}`, () => run(cases[key] as never, key));
};
