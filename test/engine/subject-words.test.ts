import assert from "node:assert/strict";
import { test } from "node:test";
import { EngineFailure } from "../../src/engine/engine-failure.ts";
import { failedDecision } from "../../src/engine/fail.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { CheckInput } from "../../src/sandbox/run-policy.ts";
import { GUEST_UUID, guest } from "../support/documents.ts";
import { DENIES, decideWith } from "./decide-with.ts";

const LONG = "n".repeat(4_000_000);

/** A guest with this text for a UUID. */
function withUuid(uuid: string): string {
  return guest().replace(GUEST_UUID, uuid);
}

test("a decision has a name whole that is as long as a file's, and the beginning of a longer one", async () => {
  const name = "é".repeat(500);
  assert.equal((await decideWith([{ name: "a" }], { document: guest("", name) })).object, name);
  for (const circumstances of [{ document: guest("", LONG) }, { object: LONG }]) {
    const decision = await decideWith([{ name: "a" }], circumstances);
    assert.match(decision.object, /^n{470,}… \(39\d{5} more\)$/);
    assert.equal(decision.object.length, 500);
    assert.ok(decisionLine(decision).length < 2000);
  }
});

test("a policy's context has a long name whole", async () => {
  const seen: CheckInput[] = [];
  await decideWith([{ name: "a" }], { document: guest("", LONG), seen });
  assert.equal(seen[0]?.context.object, LONG);
});

test("an exemption goes on matching all of a long name", async () => {
  const policies = [{ name: "a", exempt: [{ domain: "n*-lab", reason: "a lab" }], run: DENIES }];
  assert.equal((await decideWith(policies, { document: guest("", `${LONG}-lab`) })).status, 0);
  assert.equal((await decideWith(policies, { document: guest("", `${LONG}-lab2`) })).status, 1);
});

test("a decision has a UUID as the document has it, with dashes or without, in capitals or not", async () => {
  const bare = GUEST_UUID.replaceAll("-", "");
  for (const uuid of [GUEST_UUID, GUEST_UUID.toUpperCase(), bare, bare.replace(/^(..)/, "$1-")]) {
    assert.equal((await decideWith([{ name: "a" }], { document: withUuid(uuid) })).uuid, uuid);
  }
});

test("a decision has no UUID where the document has something else", async () => {
  const others = ["", "x", GUEST_UUID.slice(1), `${GUEST_UUID}0`, GUEST_UUID.replace("4", "g"), `0${LONG}`];
  for (const uuid of [...others, "0".repeat(4_000_000), "-".repeat(4_000_000), GUEST_UUID.replace("-", "--")]) {
    const decision = await decideWith([{ name: "a" }], { document: withUuid(uuid) });
    assert.equal(decision.uuid, undefined, uuid.slice(0, 50));
    assert.ok(decisionLine(decision).length < 2000);
  }
});

test("an exemption's reason of any length leaves a decision short", async () => {
  const exempt = [{ domain: "*", reason: LONG }];
  const { findings } = await decideWith([{ name: "a", exempt, run: DENIES }]);
  assert.match(findings[0]?.exempt?.reason ?? "", /^n{470,}… \(39\d{5} more\)$/);
});

test("where the engine fails, the hook call's words and the reason are cut", () => {
  const failure = new EngineFailure("unknown-operation", LONG);
  const decision = failedDecision([LONG, LONG, LONG, "-", "-"], failure, "d1ce", false);
  assert.equal(decision.object.length, 500);
  assert.equal(decision.event.length, 100);
  assert.ok(decisionLine(decision).length < 2000);
});
