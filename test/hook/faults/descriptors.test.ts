import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { describe, test } from "node:test";
import { BAD, buildNoBad, callOf, callThrough, DENIAL } from "./call.ts";
import { assertNeverWrong, assertRightVerdicts } from "./expect.ts";

// what sandbox/wall/descriptors.test.ts holds: none of them reaches a policy's process
describe("a hook that inherits few descriptors, or many", () => {
  test("judges the same with a limit of a few open files", async () => {
    const { bundle } = await buildNoBad();
    for (const count of ["16", "24", "64", "$(ulimit -H -n)"]) {
      // the soft limit alone, which whoever has it may lift
      const call = (options: object) =>
        callThrough(["sh", "-c", `ulimit -S -n ${count}; exec "$@"`, "sh"], bundle, options);
      await assertRightVerdicts(call, `${count} descriptors`);
    }
  });

  test("never allows what it should not with a hard limit of fewer than it needs", async () => {
    const { bundle } = await buildNoBad();
    for (const count of [12, 16, 32]) {
      await assertNeverWrong(
        (options) => callThrough(["prlimit", `--nofile=${count}:${count}`], bundle, options),
        `${count}`,
      );
    }
    // the shell cannot even open its script with these, and says so itself
    for (const count of [4, 8, 10]) {
      const { status, stderr } = await callThrough(["prlimit", `--nofile=${count}:${count}`], bundle, {
        document: BAD,
      });
      assert.notEqual(status, 0, `${count} descriptors`);
      assert.match(stderr, /./, `${count} descriptors`);
    }
  });

  test("judges the same with two hundred descriptors open", async () => {
    const { bundle } = await buildNoBad();
    const descriptor = openSync("/dev/null", "r");
    try {
      const stdio = [
        "pipe" as const,
        "ignore" as const,
        "pipe" as const,
        ...Array.from({ length: 197 }, () => descriptor),
      ];
      const [program = "", ...words] = callOf(bundle);
      const child = spawn(program, words, { stdio });
      let stderr = "";
      child.stderr?.on("data", (chunk) => {
        stderr += chunk;
      });
      child.stdin?.end(BAD);
      const status = await new Promise((resolve) => child.once("close", resolve));
      assert.deepEqual([status, stderr], [1, DENIAL]);
    } finally {
      closeSync(descriptor);
    }
  });
});
