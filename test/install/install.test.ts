import assert from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { beginBreakGlass } from "../../src/break-glass/change.ts";
import { breakGlassState } from "../../src/break-glass/state.ts";
import { readHookScript } from "../../src/install/hook-script.ts";
import { DEFAULT_SOCKET } from "../../src/service/places.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, LAUNCHER } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { buildWatching, installWords, makeLibvirt, rebuild, runWith } from "./run-install.ts";
import { call } from "./script-call.ts";

const OURS = "zz-virt-warden";
const GUEST = "<domain type='kvm'><name>bad</name></domain>";

let built: Built;
/** Of a bundle that needs no sample decision, since it refuses nothing. */
let watching: Built;
let libvirt: string;

before(async () => {
  built = await buildWatching(["qemu/prepare"], 'if (object === "bad") deny("bad guests do not start");');
  watching = await buildWatching(["qemu/started"]);
  libvirt = await makeLibvirt("9.0.0");
});

/** All files below a folder, sorted. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test(
  "install writes a script for each watched hook and the daemon's, which decide; uninstall takes all away",
  needsRoot(),
  async () => {
    const folder = await makeFolder();
    const hooks = join(folder, "etc/hooks");
    const installed = runWith(libvirt, ...installWords(built, hooks));
    assert.deepEqual([installed.status, installed.stderr], [0, []]);
    assert.match(installed.stdout[0] ?? "", /^sample {5}qemu\/prepare {2}allowed in \d+ ms$/);
    assert.deepEqual(installed.stdout.slice(1, 7), [
      `made       ${join(folder, "etc")}`,
      `made       ${hooks}`,
      `made       ${hooks}/daemon.d`,
      `made       ${hooks}/qemu.d`,
      `wrote      ${hooks}/daemon.d/${OURS}`,
      `wrote      ${hooks}/qemu.d/${OURS}`,
    ]);
    assert.equal(installed.stdout[7], `asks       ${DEFAULT_SOCKET}, with perl`);
    assert.equal(installed.stdout.at(-1), "then see whether all is in force: virt-warden doctor");
    assert.deepEqual(await filesIn(hooks), [`daemon.d/${OURS}`, `qemu.d/${OURS}`]);
    const script = join(hooks, "qemu.d", OURS);
    const { mode, uid } = await stat(script);
    assert.deepEqual([mode & 0o7777, uid], [0o755, 0]);
    assert.deepEqual(readHookScript(await readFile(script, "utf8")), {
      hook: "qemu",
      launcher: LAUNCHER,
      bundle: built.bundle,
      made: [join(folder, "etc"), hooks, join(hooks, "qemu.d")],
      warm: { socket: DEFAULT_SOCKET, client: "perl" },
    });

    const words = ["prepare", "begin", "-"];
    const denied = call([], script, ["bad", ...words], GUEST);
    assert.deepEqual(denied, {
      status: 1,
      stdout: "",
      stderr: "virt-warden: denied by only: bad guests do not start\n",
    });
    assert.equal(call([], script, ["good", ...words], GUEST.replace("bad", "good")).status, 0);

    const again = runWith(libvirt, ...installWords(built, hooks));
    assert.deepEqual(again.stdout.slice(1, 3), [
      `unchanged  ${hooks}/daemon.d/${OURS}`,
      `unchanged  ${hooks}/qemu.d/${OURS}`,
    ]);

    beginBreakGlass(built.bundle, 60, { reason: "a test", by: "root" });
    const removed = runWith(libvirt, "uninstall", "--hooks-dir", hooks);
    assert.equal(breakGlassState(built.bundle).state, "none");
    assert.equal(removed.status, 0);
    assert.deepEqual(await readdir(folder), []);
    assert.deepEqual(removed.stdout.slice(0, 7), [
      `removed  ${hooks}/daemon.d/${OURS}`,
      `removed  ${hooks}/qemu.d/${OURS}`,
      `removed  ${built.bundle}/break-glass`,
      `removed  ${hooks}/qemu.d`,
      `removed  ${hooks}/daemon.d`,
      `removed  ${hooks}`,
      `removed  ${join(folder, "etc")}`,
    ]);
  },
);

test("--dry-run says what would be done, and does nothing", async () => {
  const hooks = join(await makeFolder(), "hooks");
  const { status, stdout } = runWith(libvirt, ...installWords(built, hooks, "--dry-run"));
  assert.equal(status, 0);
  assert.deepEqual(stdout.slice(1), [
    `would make    ${hooks}`,
    `would make    ${hooks}/daemon.d`,
    `would make    ${hooks}/qemu.d`,
    `would write   ${hooks}/daemon.d/${OURS}`,
    `would write   ${hooks}/qemu.d/${OURS}`,
    `would ask     ${DEFAULT_SOCKET}, with perl`,
  ]);
  await assert.rejects(stat(hooks), { code: "ENOENT" });
});

test("without a bundle that can decide, nothing is installed", needsRoot(), async () => {
  const hooks = await makeFolder();
  const last = "virt-warden: nothing was installed; the hooks are as they were";
  const missing = runWith(libvirt, ...installWords({ bundle: "/nowhere" }, hooks));
  assert.deepEqual([missing.status, missing.stderr.at(-1)], [1, last]);
  assert.match(missing.stderr[0] ?? "", /^\/nowhere: cannot read the bundle: there is none: run virt-warden build$/);

  const failing = await buildWatching(["qemu/prepare", "lxc/start"], 'if (object.length > 0) throw new Error("oops");');
  const { status, stderr } = runWith(libvirt, ...installWords(failing, hooks));
  assert.equal(status, 1);
  const reason = /: a sample decision at (\S+) failed, so every one would be refused: policy only failed: .*oops/;
  assert.deepEqual(
    stderr.slice(0, -1).map((line) => reason.exec(line)?.[1]),
    ["lxc/start", "qemu/prepare"],
  );
  assert.deepEqual(await readdir(hooks), []);
});

test("a strict policy is none that fails", async () => {
  const strict = await buildWatching(["qemu/prepare"], 'if (object !== "") deny("nothing starts here");');
  const { status, stdout } = runWith(libvirt, ...installWords(strict, await makeFolder(), "--dry-run"));
  assert.equal(status, 0);
  assert.match(stdout[0] ?? "", /^sample {5}qemu\/prepare {2}denied by only in \d+ ms$/);
});

test("others' scripts stay, and what they may do is said", needsRoot(), async () => {
  const changing = await buildWatching(["qemu/prepare", "qemu/migrate"]);
  const hooks = await makeFolder();
  const others = {
    qemu: 0o755,
    "qemu.d/10-first": 0o755,
    "qemu.d/zzz-last": 0o755,
    "qemu.d/a.bak": 0o755,
    "qemu.d/zzzz": 0o644,
  };
  await mkdir(join(hooks, "qemu.d"));
  for (const [name, mode] of Object.entries(others)) await writeFile(join(hooks, name), `# ${name}\n`, { mode });
  const { status, stdout, stderr } = runWith(libvirt, ...installWords(changing, hooks));
  assert.equal(status, 0);
  assert.deepEqual(
    stdout.filter((line) => line.startsWith("beside ours")),
    ["before it: qemu", "before it: qemu.d/10-first", "before it: qemu.d/a.bak", "after it: qemu.d/zzz-last"].map(
      (what) => `beside ours, libvirt runs ${what.replace(": ", `: ${hooks}/`)}`,
    ),
  );
  assert.deepEqual(stderr, [
    `virt-warden: warning: ${hooks}/qemu.d/a.bak looks put aside, and libvirt runs it all the same: move it out of this folder`,
    `virt-warden: warning: ${hooks}/qemu.d/zzz-last runs after virt-warden, and can change the document of qemu/migrate unseen; give it a name before ${OURS}`,
  ]);
  const removed = runWith(libvirt, "uninstall", "--hooks-dir", hooks);
  assert.deepEqual(
    removed.stdout.filter((line) => line.startsWith("left")),
    ["qemu", "qemu.d/10-first", "qemu.d/a.bak", "qemu.d/zzz-last"].map((name) => `left     ${hooks}/${name}`),
  );
  assert.deepEqual(await filesIn(hooks), Object.keys(others).sort());
  for (const name of Object.keys(others)) assert.equal(await readFile(join(hooks, name), "utf8"), `# ${name}\n`);
});

test(
  "what is in our place and not ours is left, and refuses the install; a damaged script of ours is replaced",
  needsRoot(),
  async () => {
    const hooks = await makeFolder({ [`qemu.d/${OURS}`]: "#!/bin/sh\n# mine\n" });
    const { status, stderr } = runWith(libvirt, ...installWords(watching, hooks));
    assert.equal(status, 1);
    assert.match(
      stderr[0] ?? "",
      /zz-virt-warden: virt-warden did not write this, and leaves it as it is: move it away/,
    );
    assert.deepEqual(await filesIn(hooks), [`qemu.d/${OURS}`]);
    await rm(join(hooks, "qemu.d", OURS));
    await symlink("/nowhere", join(hooks, "qemu.d", OURS));
    assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 1);
    await rm(join(hooks, "qemu.d", OURS));

    assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 0);
    const script = join(hooks, "qemu.d", OURS);
    const whole = await readFile(script, "utf8");
    await writeFile(script, whole.slice(0, 600));
    await chmod(join(hooks, "daemon.d", OURS), 0o644);
    const mended = runWith(libvirt, ...installWords(watching, hooks));
    assert.equal(mended.stdout.filter((line) => line.startsWith("wrote")).length, 2);
    assert.equal(await readFile(script, "utf8"), whole);
    assert.equal((await stat(join(hooks, "daemon.d", OURS))).mode & 0o7777, 0o755);
  },
);

test(
  "an older libvirt has one script a hook, which is never anybody else's; a newer one gets folders again",
  needsRoot(),
  async () => {
    const old = await makeLibvirt("6.4.0");
    const hooks = await makeFolder({ qemu: "#!/bin/sh\nexit 0\n" });
    const refused = runWith(old, ...installWords(watching, hooks));
    assert.equal(refused.status, 1);
    assert.match(refused.stderr[0] ?? "", /qemu: virt-warden did not write this.* one script a hook/);
    assert.deepEqual(await filesIn(hooks), ["qemu"]);
    await rm(join(hooks, "qemu"));
    assert.equal(runWith(old, ...installWords(watching, hooks)).status, 0);
    assert.deepEqual(await filesIn(hooks), ["daemon", "qemu"]);
    const upgraded = runWith(libvirt, ...installWords(watching, hooks));
    assert.deepEqual(
      upgraded.stdout.filter((line) => line.startsWith("removed")),
      [`removed    ${hooks}/daemon`, `removed    ${hooks}/qemu`],
    );
    assert.deepEqual(await filesIn(hooks), [`daemon.d/${OURS}`, `qemu.d/${OURS}`]);
  },
);

test(
  "build says which hooks are missing, and the next install also takes away those that nobody watches",
  needsRoot(),
  async () => {
    const changing = await buildWatching(["qemu/started"]);
    const hooks = await makeFolder();
    const see = ["--hooks-dir", hooks];
    assert.deepEqual((await rebuild(changing, ["qemu/started", "lxc/started"], ...see)).stderr, []);
    assert.equal(runWith(libvirt, ...installWords(changing, hooks)).status, 0);
    const { status, stderr } = await rebuild(changing, ["lxc/started", "network/updated", "libxl/release"], ...see);
    assert.equal(status, 0);
    assert.deepEqual(
      stderr,
      ["libxl", "network"].map(
        (hook) =>
          `virt-warden: warning: policies watch the ${hook} hook, which is not installed: run virt-warden install`,
      ),
    );
    const { stdout } = runWith(libvirt, ...installWords(changing, hooks));
    assert.ok(stdout.includes(`removed    ${hooks}/qemu.d/${OURS}`));
    assert.deepEqual(await filesIn(hooks), [
      `daemon.d/${OURS}`,
      `libxl.d/${OURS}`,
      `lxc.d/${OURS}`,
      `network.d/${OURS}`,
    ]);
    assert.deepEqual((await rebuild(changing, ["lxc/started", "network/updated", "libxl/release"], ...see)).stderr, []);
  },
);

test("paths that no script could name are refused", needsRoot(), async () => {
  const { status, stderr } = runWith(libvirt, ...installWords(built, "/tmp/a\nb"));
  assert.equal(status, 1);
  assert.match(
    stderr[0] ?? "",
    /^\/tmp\/a\\nb: its path has a line break or another control character: choose another$/,
  );
});

test(
  "the scripts name the socket that install was told, or none; a script of an older version gets one",
  needsRoot(),
  async () => {
    const hooks = await makeFolder();
    const script = join(hooks, "qemu.d", OURS);
    const warm = async () => readHookScript(await readFile(script, "utf8"))?.warm;
    const none = runWith(libvirt, ...installWords(watching, hooks, "--no-socket"));
    assert.equal(none.status, 0);
    assert.ok(none.stdout.every((line) => !line.startsWith("asks")));
    assert.equal(await warm(), undefined);
    // the scripts before there was a warm evaluator say nothing of one
    assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 0);
    assert.deepEqual(await warm(), { socket: DEFAULT_SOCKET, client: "perl" });
    const other = runWith(libvirt, ...installWords(watching, hooks, "--socket", "/run/other/a.sock"));
    assert.ok(
      other.stdout.includes(`changed    socket: was ${DEFAULT_SOCKET}, is now /run/other/a.sock`),
      `${other.stdout}`,
    );
    assert.equal((await warm())?.socket, "/run/other/a.sock");
    const refused = runWith(libvirt, ...installWords(watching, hooks, "--socket", "/run/an other/a.sock"));
    assert.match(refused.stderr[0] ?? "", /^\/run\/an other\/a\.sock: .*a socket's path has at most 107 characters/);
    const folder = await makeFolder();
    await chmod(folder, 0o777);
    const foreign = runWith(libvirt, ...installWords(watching, hooks, "--socket", join(folder, "b.sock")));
    assert.match(foreign.stderr.join("\n"), /the scripts will ask whoever listens at .*: everybody may write to it/);
  },
);
