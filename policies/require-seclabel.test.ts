import assert from "node:assert/strict";
import { test } from "node:test";
import { guest } from "../test/support/documents.ts";
import { findingsOf, judgeWith } from "../test/support/judge.ts";

const judge = await judgeWith(new URL("require-seclabel.ts", import.meta.url), "require-seclabel");

const REASON = "the guest runs without confinement (seclabel type none); use type dynamic";

test("a guest without confinement is denied, with the label's place", async () => {
  const decision = await judge(guest("<seclabel type='none'/>"));
  assert.equal(decision.status, 1);
  assert.deepEqual(findingsOf(decision), [["deny", REASON, "seclabel[1]/@type"]]);
});

test("each label without confinement is denied on its own", async () => {
  const labels = [
    "<seclabel type='none' model='selinux'/>",
    "<seclabel type='dynamic' model='apparmor' relabel='yes'/>",
    "<seclabel type='none' model='dac'/>",
  ];
  const decision = await judge(guest(labels.join("")));
  assert.deepEqual(findingsOf(decision), [
    ["deny", REASON, "seclabel[1]/@type"],
    ["deny", REASON, "seclabel[3]/@type"],
  ]);
});

test("dynamic and static labels, and none written, are allowed", async () => {
  const allowed = [
    "",
    "<seclabel type='dynamic' model='selinux' relabel='yes'/>",
    "<seclabel type='static' model='selinux'><label>system_u:system_r:svirt_t:s0:c1,c2</label></seclabel>",
    "<seclabel model='apparmor'/>",
  ];
  for (const label of allowed) {
    const decision = await judge(guest(label));
    assert.equal(decision.status, 0, label);
    assert.deepEqual(decision.findings, []);
  }
});

test("a disk's own label is not the guest's", async () => {
  const disk =
    "<disk type='file'><source file='/a'><seclabel model='dac' relabel='no'/></source><target dev='vda'/></disk>";
  const decision = await judge(guest(`<devices>${disk}</devices>`));
  assert.equal(decision.status, 0);
});

test("incoming migrations, restores and containers are judged, other events are not watched", async () => {
  const document = guest("<seclabel type='none'/>");
  for (const event of ["qemu/migrate", "qemu/restore", "lxc/prepare"] as const) {
    assert.deepEqual(findingsOf(await judge(document, event)), [["deny", REASON, "seclabel[1]/@type"]], event);
  }
  const started = await judge(document, "qemu/started");
  assert.equal(started.status, 0);
  assert.deepEqual(
    started.policies.map(({ outcome }) => outcome),
    ["not-watching"],
  );
});
