import assert from "node:assert/strict";
import { test } from "node:test";
import { findExemption, matchesGlob } from "../../src/engine/exemptions.ts";
import { GUEST_UUID, guest, hookData, PORT } from "../support/documents.ts";
import { DENIES, decideWith, fails } from "./decide-with.ts";

const CI = { domain: "build-*", reason: "CI runners never migrate" };

test("an exempt guest is still judged, reported as exempt, and not refused", async () => {
  const exempt = [{ ...CI, expires: "2999-12-31" }];
  const decision = await decideWith([{ name: "a", exempt, run: DENIES }], { document: guest("", "build-7") });
  assert.equal(decision.status, 0);
  assert.equal(decision.policies[0]?.outcome, "deny");
  assert.deepEqual(decision.findings, [
    {
      policy: "a",
      mode: "enforce",
      level: "deny",
      reason: "wrong",
      exempt: { reason: "CI runners never migrate", expires: "2999-12-31" },
    },
  ]);
});

test("a guest that the glob does not match is refused", async () => {
  for (const name of ["build", "rebuild-7", "Build-7"]) {
    const decision = await decideWith([{ name: "a", exempt: [CI], run: DENIES }], { document: guest("", name) });
    assert.equal(decision.status, 1, name);
    assert.equal(decision.findings[0]?.exempt, undefined);
  }
});

test("the name is the one that libvirt calls the hook with", async () => {
  const policies = [{ name: "a", exempt: [CI], run: DENIES }];
  assert.equal((await decideWith(policies, { document: guest("", "build-7"), object: "web1" })).status, 1);
  assert.equal((await decideWith(policies, { document: guest("", "web1"), object: "build-7" })).status, 0);
});

test("an exemption by uuid matches whatever the case of its letters", async () => {
  const exemptions = [GUEST_UUID, GUEST_UUID.toUpperCase()].map((uuid) => [{ uuid, reason: "r" }]);
  for (const exempt of exemptions) {
    assert.equal((await decideWith([{ name: "a", exempt, run: DENIES }])).status, 0);
  }
  const other = [{ uuid: GUEST_UUID.replace("4", "5"), reason: "r" }];
  assert.equal((await decideWith([{ name: "a", exempt: other, run: DENIES }])).status, 1);
});

test("a guest without a uuid is matched by no exemption by uuid", () => {
  assert.equal(findExemption([{ uuid: GUEST_UUID, reason: "r" }], { name: "web1" }), undefined);
});

test("an expired exemption does not count, and a later one that holds does", async () => {
  const expired = { domain: "*", reason: "old", expires: "2001-01-01" };
  assert.equal((await decideWith([{ name: "a", exempt: [expired], run: DENIES }])).status, 1);
  const decision = await decideWith([{ name: "a", exempt: [expired, { domain: "w*", reason: "new" }], run: DENIES }]);
  assert.equal(decision.status, 0);
  assert.deepEqual(decision.findings[0]?.exempt, { reason: "new" });
});

test("the day of expiry is inclusive, and counts in UTC", () => {
  const exemption = { domain: "*", reason: "r", expires: "2027-01-31" };
  const at = (time: string) => findExemption([exemption], { name: "g" }, new Date(time));
  assert.equal(at("2027-01-31T00:00:00Z"), exemption);
  assert.equal(at("2027-01-31T23:59:59.999Z"), exemption);
  assert.equal(at("2027-02-01T00:00:00Z"), undefined);
  // still January in Honolulu, and long February in Auckland
  assert.equal(at("2027-01-31T23:00:00-10:00"), undefined);
  assert.equal(at("2027-02-01T12:00:00+13:00"), exemption);
});

test("an exempt guest is not refused for an exception, and still for a timeout", async () => {
  const exempt = [{ domain: "web1", reason: "r" }];
  assert.equal((await decideWith([{ name: "a", exempt, run: fails("exception") }])).status, 0);
  assert.equal((await decideWith([{ name: "a", exempt, run: fails("timeout") }])).status, 2);
});

test("an exemption takes away one policy's effect alone", async () => {
  const exempt = [{ domain: "web1", reason: "r" }];
  const decision = await decideWith([
    { name: "a", exempt, run: DENIES },
    { name: "b", run: DENIES },
  ]);
  assert.equal(decision.status, 1);
  assert.deepEqual(
    decision.findings.map((finding) => finding.exempt !== undefined),
    [true, false],
  );
});

test("at a network's port the exempt guest is the port's owner", async () => {
  const policy = { name: "a", on: ["network/port-created"], run: DENIES } as const;
  const where = { event: "network/port-created", document: hookData(PORT) } as const;
  const exempt = (domain: string) => [{ ...policy, exempt: [{ domain, reason: "r" }] }];
  assert.equal((await decideWith(exempt("web1"), where)).status, 0);
  assert.equal((await decideWith(exempt("default"), where)).status, 1);
});

test("a glob matches whole names, with * for any text and ? for one character", () => {
  const matching = [
    ["*", ""],
    ["*", "anything"],
    ["a*", "a"],
    ["*a", "aaa"],
    ["a*b*c", "a-b-b-c"],
    ["a**c", "abc"],
    ["?", "a"],
    ["a?c", "abc"],
    ["[ab].c", "[ab].c"],
    ["a\\*", "a\\b"],
  ] as const;
  for (const [pattern, name] of matching) assert.equal(matchesGlob(pattern, name), true, `${pattern} ${name}`);
  const others = [
    ["", "a"],
    ["a", ""],
    ["?", ""],
    ["?", "ab"],
    ["a*", "ba"],
    ["*a", "ab"],
    ["a*b*c", "a-c-b"],
    ["a.c", "abc"],
    ["[ab]", "a"],
  ] as const;
  for (const [pattern, name] of others) assert.equal(matchesGlob(pattern, name), false, `${pattern} ${name}`);
});

test("a glob of many stars is quick on a long name", () => {
  const started = performance.now();
  assert.equal(matchesGlob(`${"*a".repeat(100)}b`, "a".repeat(10_000)), false);
  assert.ok(performance.now() - started < 2000);
});
