import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { type Built, GUEST, start } from "../../support/launcher.ts";
import { waitFor } from "../../support/process.ts";
import { BAD, buildNoBad, callAfter, callOf } from "./call.ts";
import { BOUND } from "./expect.ts";

describe("a hook whose words nobody takes", () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  test("judges the same with stdout, stderr or both closed or full", async () => {
    for (const redirection of [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", ">/dev/full", "2>/dev/full"]) {
      const expected = redirection.startsWith("<&-") ? [3, 3] : [0, 1];
      const statuses = [];
      for (const document of [GUEST, BAD]) {
        const { status, stdout, seconds } = await callAfter(`exec "$@" ${redirection}`, built.bundle, { document });
        assert.equal(stdout, "", redirection);
        assert.ok(seconds < BOUND, `${redirection}: ${seconds} s`);
        statuses.push(status);
      }
      assert.deepEqual(statuses, expected, redirection);
    }
  });

  test("judges the same where its reader is gone", async () => {
    for (const [document, expected] of [
      [GUEST, 0],
      [BAD, 1],
    ] as const) {
      const folder = await makeFolder({ "guest.xml": document });
      const script = `{ sleep 0.2; "$@" <${folder}/guest.xml 2>&1; echo $? >${folder}/end && mv ${folder}/end ${folder}/status; } | true`;
      await callAfter(script, built.bundle);
      // a shell need not wait for all of a pipeline
      await waitFor(() => (existsSync(`${folder}/status`) ? true : undefined), BOUND * 1000);
      assert.equal(readFileSync(`${folder}/status`, "utf8"), `${expected}\n`);
    }
  });

  test("judges the same, in time, where stderr is a full pipe that nobody reads", async () => {
    const pipe = join(await makeFolder(), "pipe");
    assert.equal((await start("mkfifo", [pipe]).ended).status, 0);
    // holds both ends, and fills the pipe
    const holder = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    assert.throws(() => {
      for (;;) writeSync(holder, Buffer.alloc(4096));
    }, /EAGAIN/);
    const full = openSync(pipe, "w");
    try {
      const [program = "", ...words] = callOf(built.bundle);
      const started = performance.now();
      const child = spawn(program, words, { stdio: ["pipe", "ignore", full] });
      child.stdin?.end(BAD);
      const status = await new Promise((resolve) => child.once("close", resolve));
      assert.equal(status, 1);
      assert.ok(performance.now() - started < BOUND * 1000);
    } finally {
      closeSync(full);
      closeSync(holder);
    }
  });
});
