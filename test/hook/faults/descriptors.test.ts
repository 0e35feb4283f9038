import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../support/folder.ts";
import { build, GUEST } from "../../support/launcher.ts";
import { commandLine, processesWith, waitFor } from "../../support/process.ts";
import { BAD, buildNoBad, callOf, callThrough, DENIAL } from "./call.ts";
import { assertNeverWrong, assertRightVerdicts } from "./expect.ts";

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

  test("closes what the caller left open before a policy runs", async () => {
    const { bundle } = await build({ loop: "for (;;);" }, "limits: { time: 4s, deadline: 8s }");
    const secret = join(await makeFolder({ secret: "of the caller" }), "secret");
    const descriptor = openSync(secret, "r");
    const object = `guest-${process.pid}-descriptors`;
    const words = callOf(bundle, { words: ["qemu", object, "prepare", "begin", "-"] });
    const many = Array.from({ length: 197 }, () => descriptor);
    try {
      const child = spawn(words[0] ?? "", words.slice(1), { stdio: ["pipe", "pipe", "pipe", ...many] });
      const ended = new Promise((resolve) => child.once("close", resolve));
      child.stdin?.end(GUEST);
      const pid = await waitFor(() => processesWith(object).find((each) => commandLine(each)[0] === "/proc/self/fd/6"));
      // the policy begins once Node has started and the document is read
      await sleep(2000);
      const open = targetsOf(pid);
      assert.ok(open.length > 3, "the policy still runs");
      assert.ok(!open.includes(secret), open.join());
      assert.equal(await ended, 2);
    } finally {
      closeSync(descriptor);
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

/** What a process's descriptors lead to; none once it has ended. */
function targetsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((each) => readlinkSync(`/proc/${pid}/fd/${each}`));
  } catch {
    return [];
  }
}
