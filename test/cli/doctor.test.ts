import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { before, describe, test } from "node:test";
import type { Diagnosis } from "../../src/doctor/diagnose.ts";
import type { Places } from "../../src/doctor/places.ts";
import { installScript, makeHost } from "../doctor/test-host.ts";
import { build } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { runCommand, runInScript } from "./run-command.ts";

describe("virt-warden doctor", { ...needsRoot() }, () => {
  let places: Places;
  let words: readonly string[];
  before(async () => {
    const { bundle, config } = await build({ "no-bad": "if (context.domain.name === 'bad') context.deny('bad');" });
    places = await makeHost(bundle, config);
    installScript(places, "daemon");
    installScript(places, "qemu");
    words = ["--hooks-dir", places.hooksDir, "--bundle", bundle, "--config", config];
  });

  test("prints one object with --json, and exits by whether enforcement is in force", () => {
    const { status, stdout, stderr } = runCommand(["doctor", ...words, "--json"]);
    assert.equal(stderr, "");
    assert.match(stdout, /^\{"enforcing":(true|false),"checks":\[.*\]\}\n$/);
    const { enforcing, checks } = JSON.parse(stdout) as Diagnosis;
    assert.equal(status, enforcing ? 0 : 1);
    // what this host's own AppArmor, SELinux and libvirt make of it is its own affair
    const faults = checks.filter(
      ({ check, status: found, detail }) =>
        found === "fault" && !["AppArmor", "SELinux"].includes(check) && !/ looks for hooks in /.test(detail),
    );
    assert.deepEqual(faults, []);
    assert.ok(checks.every((row) => row.status !== "fault" || row.mend !== undefined));
  });

  test("prints a table of 80 columns, coloured only for a terminal, and exits 1 where a hook is gone", () => {
    rmSync(places.hooksDir, { recursive: true });
    const { status, stdout } = runCommand(["doctor", ...words]);
    assert.equal(status, 1);
    assert.match(stdout, /^hook qemu +fault +/m);
    const mend = `  mend: virt-warden install --hooks-dir ${places.hooksDir} --bundle ${places.bundle}`;
    assert.ok(stdout.split("\n").includes(mend), stdout);
    assert.match(stdout, /\n\nenforcement is NOT in force: \d+ faults\n$/);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80 || line.startsWith("  mend: "), line);
    assert.ok(!stdout.includes("\u001b"));
    const coloured = runInScript('FORCE_COLOR=1 "$@"', ["doctor", ...words]).stdout;
    assert.ok(coloured.includes("\u001b[31mfault"));
  });
});

test("virt-warden doctor has an example in its help, and exits 64 where it is used wrongly", () => {
  const { status, stdout } = runCommand(["doctor", "--help"]);
  assert.equal(status, 0);
  assert.match(stdout, /Example:\n {2}\$ virt-warden doctor\n/);
  assert.equal(runCommand(["doctor", "--colour"]).status, 64);
  assert.equal(runCommand(["doctor", "host"]).status, 64);
  assert.equal(runCommand(["doctor", "--bundle", ""]).status, 64);
});
