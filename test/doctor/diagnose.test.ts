import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { type Circumstances, diagnose } from "../../src/doctor/diagnose.ts";
import { formatTable } from "../../src/doctor/format-table.ts";
import type { Places } from "../../src/doctor/places.ts";
import { build } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { faultsOf, installScript, makeHost, PID, stamp, startDaemon } from "./test-host.ts";

const HERE: Circumstances = { version: { text: "9.0.0", major: 9, minor: 0 }, isRoot: true, now: new Date() };

describe("the diagnosis of a host", { ...needsRoot() }, () => {
  let places: Places;
  let script: string;
  before(async () => {
    const { bundle, config } = await build({ "no-bad": "if (context.domain.name === 'bad') context.deny('bad');" });
    places = await makeHost(bundle, config);
    installScript(places, "daemon");
    script = installScript(places, "qemu");
    startDaemon(places);
    stamp(places);
  });

  test("finds enforcement in force where all is as install and build leave it", async () => {
    const diagnosis = await diagnose(places, HERE);
    assert.deepEqual(faultsOf(diagnosis), []);
    assert.equal(diagnosis.enforcing, true);
    const checks = [...new Set(diagnosis.checks.map(({ check }) => check))];
    assert.deepEqual(checks, [
      "libvirt",
      "daemons",
      "bundle",
      "sources",
      "modes",
      "hook daemon",
      "hook qemu",
      "warm evaluator",
      "user",
      "programs",
      "wall",
      "AppArmor",
      "SELinux",
      "log",
      "decision",
    ]);
    const decision = diagnosis.checks.at(-1)?.detail ?? "";
    assert.match(decision, /^a sample at qemu\/prepare took \d+ ms: allowed/);
    assert.match(formatTable(diagnosis), /\n\nenforcement is in force(?: \(\d+ warnings?\))?$/);
  });

  test("says to others than root what they do not see, and claims nothing", async () => {
    const diagnosis = await diagnose(places, { ...HERE, isRoot: false });
    assert.deepEqual(faultsOf(diagnosis), []);
    assert.equal(diagnosis.enforcing, false);
    const left = diagnosis.checks.filter(({ status }) => status === "skipped").map(({ check }) => check);
    assert.deepEqual(left, ["root", "daemons", "wall", "log", "decision"]);
    assert.match(formatTable(diagnosis), /\nit is not known whether enforcement is in force: some checks need root$/);
  });

  test("finds a removed hook and a missing bundle, and calls no script then", async () => {
    rmSync(dirname(script), { recursive: true });
    const install = `virt-warden install --hooks-dir ${places.hooksDir} --bundle ${places.bundle}`;
    const removed = await diagnose(places, HERE);
    assert.deepEqual(faultsOf(removed), [[`hook qemu: ${script} is missing: libvirt asks nobody`, install]]);
    assert.equal(removed.checks.at(-1)?.detail, "none at qemu/prepare until the script is mended");
    installScript(places, "qemu");
    stamp(places);
    rmSync(join(places.bundle, "current"));
    const unbuilt = await diagnose(places, HERE);
    const mend = `virt-warden build --config ${places.config} --out ${places.bundle}`;
    assert.deepEqual(faultsOf(unbuilt), [[`bundle: ${places.bundle}: cannot read the bundle: there is none`, mend]]);
    assert.ok(unbuilt.checks.some(({ detail }) => detail === `seen by libvirtd (${PID})`));
  });
});

test("a table has 80 columns, a line for each mend, and the number of faults in its last line", () => {
  const path = `/etc/libvirt/hooks/qemu.d/${"long-".repeat(20)}name`;
  const table = formatTable({
    enforcing: false,
    checks: [
      { check: "libvirt", status: "ok", detail: "version 9.0.0" },
      {
        check: "hook qemu",
        status: "fault",
        detail: `cannot read ${path}`,
        mend: `chmod 0755 /a/b${" and then".repeat(9)}`,
      },
      { check: "log", status: "warning", detail: "a\u001b[31m red\nword" },
      { check: "bundle", status: "fault", detail: "zz-virt-warden: denied\u202e", mend: "virt-warden: y  \u2066#" },
    ],
  });
  assert.equal(
    table,
    `libvirt    ok       version 9.0.0
hook qemu  fault    cannot read
                    /etc/libvirt/hooks/qemu.d/long-long-long-long-long-long-long
                    -long-long-long-long-long-long-long-long-long-long-long-long
                    -long-name
  mend: chmod 0755 /a/b and then and then and then and then and then and then and then and then and then
log        warning  a\\u{1b}[31m red\\nword
bundle     fault    zz-virt-warden: denied\\u{202e}
  mend: virt-warden: y  \\u{2066}#

enforcement is NOT in force: 2 faults`,
  );
});
