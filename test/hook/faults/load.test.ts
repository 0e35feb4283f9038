import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { type Ended, GUEST, LAUNCHER, start } from "../../support/launcher.ts";
import { processesWith } from "../../support/process.ts";
import { BAD, buildNoBad, DENIAL } from "./call.ts";

/** As many guests as may start when a large host boots. */
const HOOKS = 200;

describe("two hundred hooks at once", () => {
  test("each give the right verdict within the default limits, and leave nothing behind", async () => {
    const { bundle, log } = await buildNoBad();
    const mark = `guest-${process.pid}-load`;
    const calls: Promise<Ended>[] = [];
    for (let index = 0; index < HOOKS; index += 1) {
      const words = ["hook", "--bundle", bundle, "qemu", `${mark}-${index}`, "prepare", "begin", "-"];
      calls.push(start(LAUNCHER, words, index % 2 === 0 ? GUEST : BAD).ended);
      // so that its document is written before the next one starts, as by a libvirt that does nothing else meanwhile
      await setImmediate();
    }
    const ended = await Promise.all(calls);
    const wrong = ended.filter(({ status, stdout, stderr }, index) => {
      const expected = index % 2 === 0 ? [0, ""] : [1, DENIAL];
      return status !== expected[0] || stderr !== expected[1] || stdout !== "";
    });
    assert.deepEqual(wrong, []);
    const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
    assert.equal(lines.length, HOOKS);
    const objects = new Set(lines.map((line) => (JSON.parse(line) as { object: string }).object));
    assert.equal(objects.size, HOOKS, "a whole line for each");
    const left = Array.from({ length: HOOKS }, (_, index) => processesWith(`${mark}-${index}`)).flat();
    assert.deepEqual(left, []);
  });
});
