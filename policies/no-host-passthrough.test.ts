import assert from "node:assert/strict";
import { test } from "node:test";
import { guest } from "../test/support/documents.ts";
import { findingsOf, judgeWith } from "../test/support/judge.ts";

const judge = await judgeWith(new URL("no-host-passthrough.ts", import.meta.url), "no-host-passthrough");

const DENIAL = [
  "deny",
  "CPU mode host-passthrough ties the guest to this host; use host-model or a named model",
  "cpu/@mode",
];

test("a guest with the host's own CPU is denied, with the place", async () => {
  const decision = await judge(guest("<cpu mode='host-passthrough' check='none' migratable='on'/>"));
  assert.equal(decision.status, 1);
  assert.deepEqual(findingsOf(decision), [DENIAL]);
});

test("mode maximum is denied as well, since with KVM it is the same", async () => {
  const decision = await judge(guest("<cpu mode='maximum' migratable='on'/>"));
  assert.deepEqual(findingsOf(decision), [[DENIAL[0], DENIAL[1]?.replace("host-passthrough", "maximum"), DENIAL[2]]]);
});

test("incoming migrations and restores are denied as well", async () => {
  for (const event of ["qemu/migrate", "qemu/restore"] as const) {
    const decision = await judge(guest("<cpu mode='host-passthrough'/>"), event);
    assert.equal(decision.status, 1, event);
    assert.deepEqual(findingsOf(decision), [DENIAL]);
  }
});

test("a mode written with character references is the same mode", async () => {
  const decision = await judge(guest("<cpu mode='host-&#x70;assthr&#111;ugh'/>"));
  assert.deepEqual(findingsOf(decision), [DENIAL]);
});

test("named models, host-model and no CPU at all are allowed", async () => {
  const allowed = [
    "",
    "<cpu mode='host-model' check='partial'/>",
    "<cpu mode='custom' match='exact'><model fallback='forbid'>EPYC</model></cpu>",
    "<cpu match='exact'><model>Skylake-Server</model></cpu>",
    "<cpu><topology sockets='1' cores='2' threads='1'/></cpu>",
  ];
  for (const cpu of allowed) {
    const decision = await judge(guest(cpu));
    assert.equal(decision.status, 0, cpu);
    assert.deepEqual(decision.findings, []);
  }
});

test("the words elsewhere in the document, or in another namespace, mean nothing", async () => {
  const metadata = "<metadata><x:cpu xmlns:x='urn:x' mode='host-passthrough'/></metadata>";
  const decision = await judge(guest(`<description>host-passthrough</description>${metadata}`));
  assert.equal(decision.status, 0);
});
