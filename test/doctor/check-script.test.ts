import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { checkScript } from "../../src/doctor/check-script.ts";
import type { Places } from "../../src/doctor/places.ts";
import type { Row } from "../../src/doctor/row.ts";
import { scriptPath } from "../../src/install/places.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";
import { installScript, makeHost, statuses, writeProgram } from "./test-host.ts";

describe("the check of a hook's script", { ...needsRoot() }, () => {
  let places: Places;
  let script: string;
  let install: string;
  before(async () => {
    places = await makeHost("/srv/bundle");
    install = `virt-warden install --hooks-dir ${places.hooksDir} --bundle /srv/bundle`;
  });
  beforeEach(() => {
    rmSync(dirname(scriptPath(places.hooksDir, "qemu", true)), { recursive: true, force: true });
    script = installScript(places, "qemu");
  });

  function check(): readonly Row[] {
    return checkScript("qemu", script, places).rows;
  }

  /** Expects one fault. */
  function assertFault(detail: RegExp, mend: string): void {
    const rows = check().filter(({ status }) => status === "fault");
    assert.equal(rows.length, 1, JSON.stringify(check()));
    assert.match(rows[0]?.detail ?? "", detail);
    assert.equal(rows[0]?.mend, mend);
  }

  test("finds nothing wrong with what install wrote", () => {
    const { rows, isOurs, isSound } = checkScript("qemu", script, places);
    assert.ok(
      rows.every(({ status }) => status !== "fault"),
      JSON.stringify(rows),
    );
    assert.deepEqual([isOurs, isSound], [true, true]);
  });

  test("finds a missing one", () => {
    rmSync(script);
    assertFault(/zz-virt-warden is missing: libvirt asks nobody$/, install);
    rmSync(dirname(script), { recursive: true });
    assertFault(/zz-virt-warden is missing: libvirt asks nobody$/, install);
  });

  test("finds a folder and a link in its place", () => {
    rmSync(script);
    mkdirSync(script);
    assertFault(/is not a regular file$/, `move it out of ${dirname(script)}, then ${install}`);
    rmSync(script, { recursive: true });
    symlinkSync("/bin/true", script);
    assertFault(/is not a regular file$/, `move it out of ${dirname(script)}, then ${install}`);
  });

  test("finds one that is not executable", () => {
    chmodSync(script, 0o644);
    assertFault(/is not executable: libvirt passes over it in silence$/, `chmod 0755 ${script}`);
  });

  test("finds one that others may change", () => {
    const mend = `chown root:root ${script}; chmod 0755 ${script}`;
    chownSync(script, 1234, 0);
    assertFault(/others than root can change .*: it belongs to uid 1234$/, mend);
    chownSync(script, 0, 0);
    chmodSync(script, 0o775);
    assertFault(/others than root can change .*: its group 0 may write to it$/, mend);
    chmodSync(script, 0o757);
    assertFault(/others than root can change .*: everybody may write to it$/, mend);
  });

  test("finds a folder in which others may replace it", () => {
    const folder = dirname(script);
    chmodSync(folder, 0o777);
    assertFault(
      /others than root can replace .*everybody may write to it$/,
      `chown root:root ${folder}; chmod go-w ${folder}`,
    );
  });

  test("finds one of somebody else's", () => {
    writeProgram(script, "#!/bin/sh\nexit 0\n");
    assertFault(/is not virt-warden's$/, `move it out of ${dirname(script)}, then ${install}`);
    assert.equal(checkScript("qemu", script, places).isOurs, false);
  });

  test("finds one that was changed, and one that was cut off", () => {
    const text = readFileSync(script, "utf8");
    writeProgram(script, text.replace("\nhook=", "\n[ $2 = migrate ] && exit 0\nhook="));
    assertFault(/is not what this version installs/, install);
    writeProgram(script, text);
    truncateSync(script, text.length - 40);
    assertFault(/is damaged/, install);
    writeProgram(script, text);
    appendFileSync(script, "exit 0\n");
    assertFault(/is damaged/, install);
  });

  test("finds the script of another hook", () => {
    writeProgram(script, readFileSync(installScript(places, "lxc"), "utf8"));
    assertFault(/is the script of the lxc hook$/, install);
  });

  test("finds one that judges by another bundle", () => {
    installScript(places, "qemu", { bundle: "/srv/old bundle" });
    const mend = `${install}, or virt-warden doctor --hooks-dir ${places.hooksDir} --bundle '/srv/old bundle'`;
    assertFault(/judges by the bundle in \/srv\/old bundle, not by that in \/srv\/bundle$/, mend);
  });

  test("finds a launcher that is missing or not executable, and warns of one of another product's", async () => {
    const folder = await makeFolder({ "bin/virt-warden": "#!/bin/sh\n" });
    const launcher = join(folder, "bin/virt-warden");
    installScript(places, "qemu", { launcher });
    assertFault(
      /virt-warden, which the script calls, is missing or not executable/,
      `install virt-warden again, then ${install}`,
    );
    chmodSync(launcher, 0o755);
    assert.deepEqual(statuses(check()), ["warning"]);
    assert.match(check()[0]?.detail ?? "", /^the script calls .*; this is .*\/bin\/virt-warden$/);
    chmodSync(folder, 0o777);
    assert.match(check()[0]?.detail ?? "", /^others than root can replace .*, which root runs/);
    rmSync(launcher);
    assertFault(/is missing or not executable/, `install virt-warden again, then ${install}`);
  });
});
