import assert from "node:assert/strict";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../support/folder.ts";
import { type Built, GUEST, LAUNCHER, start } from "../../support/launcher.ts";
import { BAD, buildNoBad, callAfter, callOf, callThrough } from "./call.ts";
import { assertDenied, assertRefused } from "./expect.ts";

// what hook.test.ts holds: a document that never ends
describe("a document that does not come as it should", () => {
  let built: Built;
  let hasty: Built;
  before(async () => {
    built = await buildNoBad();
    hasty = await buildNoBad("limits: { time: 500ms, deadline: 1s }");
  });

  test("is refused wherever it was cut off", async () => {
    for (const length of [1, 7, 8, 20, GUEST.length / 2, BAD.length - 1]) {
      const ended = await callThrough(["env"], built.bundle, { document: BAD.slice(0, length) });
      assertRefused(ended, /engine failure: line 1, column \d+: Cannot read the document: /, `${length} bytes`);
    }
  });

  test("is refused where stdin is closed, empty, a folder, an endless device or not open for reading", async () => {
    const file = join(await makeFolder({ "written.xml": BAD }), "written.xml");
    const faults: Readonly<Record<string, RegExp>> = {
      "<&-": /it is empty/,
      "</dev/null": /it is empty/,
      "</": /stdin is a folder/,
      "</dev/zero": /it has 4194305 bytes, more than 4194304|it looks like UTF-16/,
      [`0>>${file}`]: /engine failure: /,
      "0>/dev/null": /engine failure: /,
    };
    for (const [redirection, reason] of Object.entries(faults)) {
      const ended = await callAfter(`exec "$@" ${redirection}`, built.bundle);
      if (redirection.startsWith("0>>") && ended.status === 1) assertDenied(ended, redirection);
      else assertRefused(ended, reason, redirection);
    }
  });

  test("is refused at the deadline where stdin is a terminal at which nobody types", async () => {
    const folder = await makeFolder();
    const script = `"$@" 2>${folder}/stderr; echo "status $?" >${folder}/status`;
    const words = callOf(hasty.bundle)
      .map((word) => `'${word}'`)
      .join(" ");
    const started = performance.now();
    const command = `set -- ${words}; ${script}`;
    await start("timeout", ["-s", "KILL", "20", "script", "-qc", command, "/dev/null"], "open").ended;
    assert.ok(performance.now() - started < 5000);
    const said = await start("cat", [`${folder}/status`, `${folder}/stderr`]).ended;
    assert.match(said.stdout, /^status 3\nvirt-warden: engine failure: the document did not end in time[^\n]*\n$/);
  });

  test("is refused at the deadline where it comes a byte at a time", async () => {
    const { child, ended } = start(LAUNCHER, callOf(hasty.bundle).slice(1), "open");
    const started = performance.now();
    let done = false;
    const dripping = (async () => {
      for (const byte of BAD) {
        if (done) return;
        child.stdin?.write(byte);
        await sleep(20);
      }
    })();
    const { status, stderr } = await ended;
    done = true;
    await dripping;
    assert.match(stderr, /^virt-warden: engine failure: the document did not end in time[^\n]*\n$/);
    assert.equal(status, 3);
    assert.ok(performance.now() - started < 5000);
  });

  test("is read whole from a file that is at its end already", async () => {
    const file = join(await makeFolder({ "guest.xml": BAD }), "guest.xml");
    const descriptor = openSync(file, "r");
    try {
      assertDenied(await callAfter(`cat >/dev/null <${file}; exec "$@" <${file}`, built.bundle));
    } finally {
      closeSync(descriptor);
    }
  });
});
