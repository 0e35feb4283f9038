import assert from "node:assert/strict";
import { chmodSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test } from "node:test";
import { checkHooks } from "../../src/doctor/check-hooks.ts";
import { checkDaemons } from "../../src/doctor/check-libvirt.ts";
import type { Places } from "../../src/doctor/places.ts";
import type { Row } from "../../src/doctor/row.ts";
import { findDaemons } from "../../src/install/find-daemons.ts";
import type { Event } from "../../typings/events.d.ts";
import { needsRoot } from "../support/needs-root.ts";
import { installScript, makeHost, PID, stamp, startDaemon, writeProgram, writeText } from "./test-host.ts";

describe("the check of what libvirt runs", { ...needsRoot() }, () => {
  let places: Places;
  beforeEach(async () => {
    places = await makeHost("/srv/bundle");
    installScript(places, "daemon");
    installScript(places, "qemu");
  });

  function check(watch: readonly Event[] | undefined = ["qemu/prepare"]): readonly Row[] {
    const daemons = findDaemons(places);
    return checkHooks(places, { watch, hasFolders: true, daemons, isRoot: true }).flatMap(({ rows }) => rows);
  }

  /** The details of a hook's rows of one status. */
  function details(status: Row["status"], hook = "qemu", rows = check()): readonly string[] {
    return rows.filter((row) => row.check === `hook ${hook}` && row.status === status).map(({ detail }) => detail);
  }

  test("says that a daemon has seen the scripts where its stamp is newer", () => {
    startDaemon(places);
    stamp(places);
    for (const hook of ["daemon", "qemu"]) {
      assert.ok(details("ok", hook).includes(`seen by libvirtd (${PID})`));
      assert.deepEqual(details("fault", hook), []);
    }
  });

  test("finds a daemon that has not looked for hooks since, and has it reloaded", () => {
    startDaemon(places);
    const unseen = /^not seen by libvirtd \(4242\) since it was installed, on \d{4}-\d\d-\d\d at \d\d:\d\d:\d\d UTC$/;
    assert.match(details("fault")[0] ?? "", unseen);
    const file = stamp(places);
    utimesSync(file, 1, 1);
    assert.match(details("fault")[0] ?? "", unseen);
    const row = check().find(({ status }) => status === "fault");
    assert.equal(row?.mend, "systemctl reload libvirtd");
    stamp(places, "libvirtd", PID, "reload");
    assert.deepEqual(details("fault"), []);
    installScript(places, "qemu");
    chmodSync(join(places.hooksDir, "qemu.d/zz-virt-warden"), 0o755);
    utimesSync(file, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
    assert.match(details("fault")[0] ?? "", unseen);
  });

  test("takes no stamp for its own that another process left", () => {
    startDaemon(places);
    stamp(places, "libvirtd", 17);
    assert.equal(details("fault").length, 1);
    writeText(join(places.stamps, "libvirtd"), `start ${PID}`);
    assert.equal(details("fault").length, 1, "cut off");
    rmSync(places.systemd, { recursive: true });
    assert.equal(check().find(({ status }) => status === "fault")?.mend, `kill -HUP ${PID}  # libvirtd`);
  });

  test("asks of modular daemons only those whose hooks are watched", () => {
    startDaemon(places, "virtqemud", 51);
    startDaemon(places, "virtstoraged", 52);
    stamp(places, "virtqemud", 51);
    assert.deepEqual(details("fault", "daemon"), []);
    assert.ok(details("ok").includes("seen by virtqemud (51)"));
    installScript(places, "network");
    const rows = check(["qemu/prepare", "network/start"]);
    assert.match(
      details("warning", "network", rows)[0] ?? "",
      /^no daemon runs that calls it \(libvirtd, virtnetworkd\)/,
    );
    const [row] = checkDaemons(findDaemons(places), places, true);
    assert.deepEqual(row, { check: "daemons", status: "ok", detail: "modular: virtqemud (51), virtstoraged (52)" });
  });

  test("warns where no daemon runs, and says where one that starts looks for hooks", () => {
    assert.match(details("warning")[0] ?? "", /^no daemon runs that calls it \(libvirtd, virtqemud\); the next one/);
    const daemons = (hooksDir: string): Row | undefined =>
      checkDaemons({ own: [], others: [] }, { ...places, hooksDir }, true)[0];
    const elsewhere = daemons(places.hooksDir);
    const detail = `none runs, and one that starts looks for hooks in /etc/libvirt/hooks, not in ${places.hooksDir}`;
    assert.deepEqual([elsewhere?.status, elsewhere?.detail], ["warning", detail]);
    assert.equal(elsewhere?.mend, "virt-warden install --bundle /srv/bundle");
    const here = daemons("/etc/libvirt/hooks");
    assert.equal(here?.status, "warning");
    assert.equal(here?.mend, "systemctl start libvirtd; with modular daemons: systemctl start virtqemud");
  });

  test("finds that the daemon that runs looks for hooks in another folder of this host", async () => {
    const daemonHooks = (await makeHost()).hooksDir;
    places = { ...places, daemonHooks };
    startDaemon(places, "libvirtd", 61, daemonHooks);
    const detail = `libvirtd (61) looks for hooks in ${daemonHooks}, and runs nothing of ${places.hooksDir}`;
    const mend = `virt-warden install --hooks-dir ${daemonHooks} --bundle /srv/bundle`;
    const expected = { status: "fault", detail, mend };
    assert.deepEqual(checkDaemons(findDaemons(places), places, true), [{ check: "daemons", ...expected }]);
    assert.deepEqual(
      check().filter(({ status }) => status === "fault"),
      ["hook daemon", "hook qemu"].map((name) => ({ check: name, ...expected })),
    );
  });

  test("finds that the only daemon is that of a container, and notes it beside one of this host", async () => {
    const other = await makeHost();
    startDaemon(places, "libvirtd", 61, other.hooksDir);
    const [row] = checkDaemons(findDaemons(places), places, true);
    const root = join(places.proc, "61/root/etc/libvirt/hooks");
    assert.equal(row?.detail, `libvirtd (61) looks for hooks in ${root}, and runs nothing of ${places.hooksDir}`);
    const mend = "in the container or namespace of libvirtd (61): virt-warden install --bundle /srv/bundle";
    assert.deepEqual([row.status, row.mend], ["fault", mend]);
    startDaemon(places, "virtnetworkd", 62);
    const [beside] = checkDaemons(findDaemons(places), places, true);
    assert.equal(beside?.status, "ok");
    assert.match(beside.detail, /^modular: virtnetworkd \(62\); 1 more have another folder of hooks than /);
    assert.match(details("warning")[0] ?? "", /^no daemon runs that calls it/);
  });

  test("warns of libvirtd beside a modular daemon", () => {
    startDaemon(places);
    startDaemon(places, "virtqemud", 51);
    const [row] = checkDaemons(findDaemons(places), places, true);
    assert.match(row?.detail ?? "", /^libvirtd \(4242\), virtqemud \(51\): libvirtd and modular daemons at once/);
  });

  test("finds a script that sorts after ours where the hook rewrites, and warns elsewhere", () => {
    const late = writeProgram(join(places.hooksDir, "qemu.d/zzz"), "#!/bin/sh\n");
    assert.deepEqual(details("warning").slice(-1), [`libvirt runs ${late} after ours`]);
    const rows = check(["qemu/migrate"]);
    const row = rows.find(({ status }) => status === "fault");
    assert.equal(
      row?.detail,
      `libvirt runs ${late} after ours: at a migration or restore it can change what was judged`,
    );
    const earlier = join(places.hooksDir, "qemu.d/50-zzz");
    assert.equal(row?.mend, `give it a name before zz-virt-warden: mv -n ${late} ${earlier}`);
    chmodSync(late, 0o644);
    assert.deepEqual(details("fault", "qemu", check(["qemu/migrate"])), []);
    assert.ok(details("ok").includes(`libvirt does not run, as not executable: ${late}`));
  });

  test("compares names as libvirt does, by their bytes", () => {
    for (const name of ["Zz", "zz-virt-warde", "~first", "é"]) writeProgram(join(places.hooksDir, "qemu.d", name), "");
    const after = details("fault", "qemu", check(["qemu/restore"])).map((detail) => /qemu\.d\/(\S+)/.exec(detail)?.[1]);
    assert.deepEqual(after, ["~first", "é"]);
  });

  test("names what runs before ours, and warns of what was put aside", () => {
    const main = writeProgram(join(places.hooksDir, "qemu"), "#!/bin/sh\n");
    const first = writeProgram(join(places.hooksDir, "qemu.d/10-first"), "");
    const backup = writeProgram(join(places.hooksDir, "qemu.d/30-old~"), "");
    assert.ok(details("ok").includes(`before ours libvirt runs ${main}, ${first}, ${backup}`));
    assert.ok(details("warning").includes(`${backup} looks put aside, and libvirt runs it all the same`));
  });

  test("looks at the hooks that are watched, at that of daemons, and at scripts that nobody needs any more", () => {
    installScript(places, "lxc");
    const rows = check(["qemu/prepare", "network/start"]);
    assert.match(details("fault", "network", rows)[0] ?? "", /network\.d\/zz-virt-warden is missing/);
    assert.match(details("ok", "lxc", rows)[0] ?? "", /is installed, and no policy watches its events$/);
    rmSync(join(places.hooksDir, "daemon.d"), { recursive: true });
    assert.match(details("fault", "daemon")[0] ?? "", /is missing: nobody knows when libvirt last looked for hooks$/);
    const known = new Set(check([]).map((row) => row.check));
    assert.deepEqual([...known], ["hook daemon", "hook qemu", "hook lxc"]);
  });
});
