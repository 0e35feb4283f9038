import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { buildBundle } from "../../src/bundle/build-bundle.ts";
import { DEFAULT_BUNDLE } from "../../src/bundle/bundle.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import { applyPlan } from "../../src/install/apply-plan.ts";
import { daemonsOf, runningDaemons } from "../../src/install/daemons.ts";
import { hasHookFolders, libvirtVersion } from "../../src/install/libvirt-version.ts";
import { hooksNotInstalled } from "../../src/install/not-installed.ts";
import { planReload } from "../../src/install/reload-commands.ts";
import { restoreLabels } from "../../src/install/restore-labels.ts";
import { makeFolder } from "../support/folder.ts";

test("an install that fails half way leaves every script and folder as it was", async () => {
  const hooksDir = await makeFolder({ "a.d/x": "old a", "b.d/x": "old b", "d.d/x": "old d" });
  // nothing can be renamed over a folder
  await mkdir(join(hooksDir, "c.d/x"), { recursive: true });
  const at = (name: string): string => join(hooksDir, name);
  const plan = {
    hooksDir,
    folders: [at("new.d")],
    writes: ["a.d/x", "new.d/x", "b.d/x"].map((name) => ({ path: at(name), text: "new" })),
    removes: [at("d.d/x")],
    unchanged: [],
    repointed: [],
  };
  await assert.rejects(applyPlan({ ...plan, writes: [...plan.writes, { path: at("c.d/x"), text: "new" }] }));
  await assert.rejects(applyPlan({ ...plan, removes: [at("d.d/x"), at("c.d/x")] }));
  assert.deepEqual((await readdir(hooksDir)).sort(), ["a.d", "b.d", "c.d", "d.d"]);
  for (const name of ["a", "b", "d"]) assert.equal(await readFile(at(`${name}.d/x`), "utf8"), `old ${name}`);

  // what an install that was killed left behind goes with the next
  await writeFile(at(".virt-warden-0123456789ab"), "half");
  await applyPlan(plan);
  assert.deepEqual((await readdir(hooksDir)).sort(), ["a.d", "b.d", "c.d", "d.d", "new.d"]);
  for (const name of ["a", "b", "new"]) assert.equal(await readFile(at(`${name}.d/x`), "utf8"), "new");
  assert.deepEqual(await readdir(at("d.d")), []);
});

test("libvirt's version is what its first program says, and its folders of hooks are known since 6.5", async () => {
  const path = process.env.PATH;
  try {
    for (const [said, expected, folders] of [
      ["libvirtd (libvirt) 9.0.0", { text: "9.0.0", major: 9, minor: 0 }, true],
      ["/usr/sbin/libvirtd (libvirt) 6.5.0", { text: "6.5.0", major: 6, minor: 5 }, true],
      ["6.4.10", { text: "6.4.10", major: 6, minor: 4 }, false],
    ] as const) {
      const folder = await makeFolder({ libvirtd: `#!/bin/sh\n[ "$*" = --version ] && echo '${said}'\n` });
      await chmod(join(folder, "libvirtd"), 0o755);
      process.env.PATH = `${folder}:${path}`;
      const version = libvirtVersion();
      assert.deepEqual(version, expected);
      assert.equal(hasHookFolders(version), folders);
    }
  } finally {
    process.env.PATH = path;
  }
  assert.equal(hasHookFolders(undefined), true);
});

test("each hook has the daemon of its driver, or libvirtd; daemon has them all", () => {
  assert.deepEqual(daemonsOf("qemu"), ["libvirtd", "virtqemud"]);
  assert.deepEqual(daemonsOf("libxl"), ["libvirtd", "virtxend"]);
  for (const name of ["libvirtd", "virtqemud", "virtproxyd"]) assert.ok(daemonsOf("daemon").includes(name));
});

/** A folder like /proc, with these processes. */
async function makeProc(processes: Readonly<Record<number, readonly [name: string, unit: string]>>): Promise<string> {
  const entries = Object.entries(processes).flatMap(([pid, [name, unit]]) => [
    [`${pid}/comm`, `${name}\n`],
    [`${pid}/cgroup`, `0::/${unit}\n`],
  ]);
  const proc = await makeFolder({ ...Object.fromEntries(entries), "self/comm": "libvirtd\n", "77/other": "" });
  for (const pid of Object.keys(processes)) await symlink("/", join(proc, pid, "root"));
  return proc;
}

test("a daemon is reloaded by the command that starts it, and only where it runs these hooks", async () => {
  const proc = await makeProc({
    9: ["virtqemud", "system.slice/virtqemud.service"],
    8: ["libvirtd", "system.slice/docker-1.scope"],
    7: ["virtnodedevd", "system.slice/virtnodedevd.service"],
    6: ["bash", "user.slice"],
  });
  assert.deepEqual(
    runningDaemons(proc).map(({ name, pid }) => [name, pid]),
    [
      ["libvirtd", 8],
      ["virtnodedevd", 7],
      ["virtqemud", 9],
    ],
  );
  const hooksDir = await makeFolder();
  const kills = ["kill -HUP 8  # libvirtd", "kill -HUP 9  # virtqemud"];
  const host = { proc, systemd: "/nowhere", daemonHooks: hooksDir };
  assert.deepEqual(planReload(hooksDir, ["qemu", "lxc"], host), { commands: kills, elsewhere: [] });
  const booted = { ...host, systemd: hooksDir };
  assert.deepEqual(planReload(hooksDir, ["qemu"], booted).commands, [kills[0], "systemctl reload virtqemud"]);
  assert.equal(planReload(hooksDir, ["daemon"], booted).commands.length, 3);
  assert.deepEqual(planReload(hooksDir, [], booted), { commands: [], elsewhere: [] });
});

test("a daemon that looks for hooks elsewhere, or has other files there, needs no reload", async () => {
  const proc = await makeProc({ 5: ["libvirtd", "x"] });
  const container = await makeProc({});
  const hooksDir = await makeFolder();
  await mkdir(join(proc, "6"));
  await writeFile(join(proc, "6/comm"), "libvirtd\n");
  await symlink(container, join(proc, "6/root"));
  const host = { proc, systemd: "/nowhere", daemonHooks: hooksDir };
  const { commands, elsewhere } = planReload(hooksDir, ["qemu"], host);
  assert.deepEqual([commands, elsewhere.map(({ pid }) => pid)], [["kill -HUP 5  # libvirtd"], [6]]);
  const other = planReload(await makeFolder(), ["qemu"], host);
  assert.deepEqual([other.commands, other.elsewhere.map(({ pid }) => pid)], [[], [5, 6]]);
});

test("SELinux' labels are restored where it is on, and what goes wrong is said", async () => {
  const programs = await makeFolder({
    restorecon: '#!/bin/sh\necho "$@" >>"$0.calls"\n[ "$1" != /bad ] || { echo oops >&2; exit 1; }\n',
  });
  await chmod(join(programs, "restorecon"), 0o755);
  const selinux = await makeFolder({ enforce: "1" });
  assert.equal(restoreLabels(["/a"], { selinux: "/nowhere", programs: [programs] }), undefined);
  assert.equal(restoreLabels(["/a", "/b"], { selinux, programs: ["/nowhere", programs] }), undefined);
  assert.equal(await readFile(join(programs, "restorecon.calls"), "utf8"), "/a /b\n");
  assert.match(
    restoreLabels(["/bad"], { selinux, programs: [programs] }) ?? "",
    /^restorecon could not label .*: oops;/,
  );
  assert.match(restoreLabels(["/a"], { selinux, programs: [] }) ?? "", /^SELinux is on and restorecon is missing/);
});

test("a host with libvirt and a bundle at the default place, but none of our hooks, is told so", async () => {
  const source = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "only", on: ["lxc/start", "qemu/prepare"], check() {} });`;
  const folder = await makeFolder({ "virt-warden.yaml": "", "policies/only.ts": source });
  const { manifest } = await buildBundle(await readConfiguration(join(folder, "virt-warden.yaml")));
  const hooksDir = await makeFolder({ "qemu.d/other": "" });
  assert.deepEqual(hooksNotInstalled(manifest, DEFAULT_BUNDLE, hooksDir), ["qemu", "lxc"]);
  assert.deepEqual(hooksNotInstalled(manifest, "/elsewhere", hooksDir), []);
});
