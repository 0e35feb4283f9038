import type * as api from "../../../typings/test.d.ts";
import { bridge } from "./bridge.ts";

export const test: typeof api.test = (name, run) => {
  if (typeof name !== "string" || name.trim() === "") throw new TypeError("test(): a test needs a name");
  if (typeof run !== "function") throw new TypeError(`test(${JSON.stringify(name)}): the test itself is missing`);
  if (bridge.tests.some((other) => other.name === name)) {
    throw new TypeError(`test(${JSON.stringify(name)}): another test in this file has this name`);
  }
  bridge.tests.push({ name, run });
};

export const testEach: typeof api.testEach = (name, cases, run) => {
  const keys = Object.keys(cases);
  if (keys.length === 0) throw new TypeError(`testEach(${JSON.stringify(name)}): there are no cases`);
  for (const key of keys) test(`${name}: ${key}`, () => run(cases[key] as never, key));
};
