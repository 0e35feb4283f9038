import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, GUEST, hook, run } from "../support/launcher.ts";
import { BAD, buildNoBad } from "./faults/call.ts";

describe("a hook that is called with --status-base", () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  const call = (words: readonly string[], document = GUEST, bundle = built.bundle) =>
    run(["hook", "--status-base", "80", "--bundle", bundle, ...words], document);

  test("adds it to each of its answers, so that no accident passes for one", async () => {
    const prepare = ["qemu", "web1", "prepare", "begin", "-"];
    assert.equal((await call(prepare)).status, 80);
    assert.equal((await call(prepare, BAD)).status, 81);
    assert.equal((await call(prepare, GUEST, "/nowhere")).status, 83);
    assert.equal((await call(["qemu", "web1", "reconnect", "begin", "-"], GUEST, "/nowhere")).status, 80);
    assert.equal((await call(["qemu", "web1", "start", "begin", "-"])).status, 80, "that no policy watches");
  });

  test("takes no other base than one of a few, and says which", async () => {
    const { status, stderr } = await run([
      "hook",
      "--status-base",
      "0",
      "--bundle",
      built.bundle,
      "qemu",
      "g",
      "x",
      "-",
      "-",
    ]);
    assert.equal(status, 64);
    assert.match(stderr, /--status-base needs one of 10, 20, … 190/);
  });

  test("answers as ever without it", async () => {
    assert.equal((await hook(built.bundle)).status, 0);
  });
});
