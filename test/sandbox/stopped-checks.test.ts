import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Attempt, runAttempts } from "./attempts.ts";

const LOOP = "for (;;);";

const CHECKS = {
  "denies-and-loops": `deny("found"); warn("odd"); log.info("seen"); ${LOOP}`,
  "loops-in-a-reason": `deny({ toString() { ${LOOP} } });`,
  "loops-in-a-place": `deny("found", { get at() { ${LOOP} } });`,
  "loops-in-a-job": `deny("found"); Promise.resolve().then(() => { ${LOOP} });`,
  "leaves-a-looping-job": `deny("found"); Promise.resolve().then(() => { deny("late"); ${LOOP} }); ${LOOP}`,
  "leaves-jobs-for-ever": `deny("found"); const again = () => Promise.resolve().then(again); again(); ${LOOP}`,
  "leaves-a-rejection": `deny("found"); Promise.reject(new Error("x")); Promise.resolve().then(() => { ${LOOP} }); ${LOOP}`,
  "loops-in-a-stack": `deny("found"); throw Object.defineProperty(new Error("x"), "stack", { get() { ${LOOP} } });`,
};

describe("a policy that denies and then has to be stopped", () => {
  let of: (name: keyof typeof CHECKS) => Attempt;
  before(async () => {
    const { of: any } = await runAttempts(CHECKS, "limits: { time: 600ms, deadline: 60s }\n");
    of = any;
  });

  for (const name of Object.keys(CHECKS) as (keyof typeof CHECKS)[]) {
    test(`times out: ${name}`, () => {
      assert.deepEqual(of(name).failure, { policy: name, kind: "timeout", message: "timed out after 600 ms" });
    });
  }

  test("keeps what it found and logged before", () => {
    const { denials, warnings, logs } = of("denies-and-loops");
    assert.deepEqual([denials, warnings, logs.map(({ message }) => message)], [["found"], ["odd"], ["seen"]]);
  });

  test("is told to have denied where it was stopped while its reason was read", () => {
    assert.deepEqual(of("loops-in-a-reason").denials, ["1 denial whose reason could not be read"]);
  });

  test("keeps the reason where it was stopped while the place was read, or the error described", () => {
    assert.deepEqual(of("loops-in-a-place").denials, ["found"]);
    assert.deepEqual(of("loops-in-a-stack").denials, ["found"]);
  });

  test("keeps its denial whatever its promises go on with, and is not run for long", () => {
    assert.deepEqual(of("loops-in-a-job").denials, ["found"]);
    assert.deepEqual(of("leaves-a-looping-job").denials, ["found", "late"]);
    assert.deepEqual(of("leaves-jobs-for-ever").denials, ["found"]);
    assert.deepEqual(of("leaves-a-rejection").denials, ["found"]);
  });
});
