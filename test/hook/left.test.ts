import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, type Ended, GUEST, run } from "../support/launcher.ts";
import { BAD, buildNoBad } from "./faults/call.ts";

describe("a hook that is told how much of its time is left", () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
  });

  const call = (left: string, document = GUEST, operation = "prepare"): Promise<Ended> =>
    run(["hook", "--left", left, "--bundle", built.bundle, "qemu", "web1", operation, "begin", "-"], document);

  test("decides within that", async () => {
    assert.equal((await call("600")).status, 0);
    assert.equal((await call("600", BAD)).status, 1);
    assert.equal((await call("99999", BAD)).status, 1, "no more than the bundle allows");
  });

  test("is out of time where none is left", async () => {
    const { status, stderr } = await call("0");
    assert.equal(stderr, "virt-warden: engine failure: out of time before any policy ran\n");
    assert.equal(status, 3);
  });

  test("takes nothing else for a time", async () => {
    for (const left of ["", "-1", "1s", "007"]) assert.equal((await call(left)).status, 64, left);
    assert.equal((await call("soon", GUEST, "reconnect")).status, 0, "a running guest is not ended for it");
  });
});
