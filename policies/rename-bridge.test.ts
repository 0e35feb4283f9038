import assert from "node:assert/strict";
import { test } from "node:test";
import { guestWith } from "../test/support/documents.ts";
import { findingsOf } from "../test/support/judge.ts";
import { rewriteWith } from "../test/support/rewriter.ts";
import policy from "./rename-bridge.ts";

const POLICY = new URL("rename-bridge.ts", import.meta.url);
const NAME = "rename-bridge";
const SETTINGS = { bridges: { br0: "lan", "ovs-dmz": "dmz" } };
const rewrite = await rewriteWith(POLICY, NAME, SETTINGS);

/** An interface of a type with this source. */
const nic = (type: string, source: string): string => `<interface type='${type}'><source ${source}/></interface>`;

test("a bridge is renamed wherever an interface names it, and nothing else is touched", async () => {
  const before = guestWith(
    nic("bridge", "bridge='br0'"),
    nic("bridge", 'bridge = "ovs-dmz"'),
    nic("direct", "dev='br0' mode='bridge'"),
    nic("network", "network='br0' bridge='br0'"),
    nic("bridge", "bridge='br00'"),
    nic("network", "network='default'"),
    nic("ethernet", ""),
  );
  const after = before
    .replaceAll(" bridge='br0'", " bridge='lan'")
    .replace('"ovs-dmz"', '"dmz"')
    .replace("dev='br0'", "dev='lan'");
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    const { decision, document } = await rewrite(before, event);
    assert.deepEqual([decision.status, document], [0, after], event);
    assert.equal(decision.rewrites?.length, 4);
  }
});

test("a guest whose bridges this host has is left as it is", async () => {
  const { decision, document } = await rewrite(guestWith(nic("bridge", "bridge='lan'"), nic("bridge", "bridge='Br0'")));
  assert.deepEqual([decision.status, document], [0, undefined]);
});

test("where the policy only warns, a bridge of another host's name is reported with its place", async () => {
  const warns = await rewriteWith(POLICY, NAME, SETTINGS, { mode: "warn" });
  const { decision, document } = await warns(guestWith(nic("bridge", "bridge='x'"), nic("bridge", "bridge='br0'")));
  assert.deepEqual([decision.status, document], [0, undefined]);
  const reason = "the bridge br0 has another name on this host: lan";
  assert.deepEqual(findingsOf(decision), [["deny", reason, "devices/interface[2]/source/@bridge"]]);
});

test("names that no device can have, and new names that are old ones, are refused", () => {
  const problem = (bridges: object): string => {
    const result = policy.settings?.["~standard"].validate({ bridges });
    return result !== undefined && "issues" in result ? (result.issues?.[0]?.message ?? "") : "";
  };
  assert.equal(problem(SETTINGS.bridges), "");
  for (const name of ["", "a b", "a/b", "..", "sixteen-letters-", "a:1"]) {
    assert.match(problem({ br0: name }), /^must be a network device's name/, name);
    assert.match(problem({ [name]: "br1" }), /^must be a network device's name/, name);
  }
  assert.match(problem({ br0: "br1", br1: "br2" }), /^must give no bridge a name that another one had/);
});
