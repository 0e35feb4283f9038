import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmod, chown, copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, LAUNCHER } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { buildWatching, installWords, makeLibvirt, runIn, runWith } from "./run-install.ts";

const OURS = "zz-virt-warden";
const UNTOUCHED = "virt-warden: nothing was installed; the hooks are as they were";

/** Of a bundle that needs no sample decision, since it refuses nothing. */
let watching: Built;
let libvirt: string;

before(async () => {
  watching = await buildWatching(["qemu/started"]);
  libvirt = await makeLibvirt("9.0.0");
});

test("a policy that always fails is found beside one that denies the sample, unless its failures refuse nothing", async () => {
  const policy = (name: string, check: string): string => `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", on: ["qemu/prepare"], check({ object, deny }) { ${check} } });\n`;
  const strict = policy("strict", 'if (object) deny("nothing starts here");');
  const failing = (name: string): string => policy(name, 'if (object) throw new Error("oops");');
  const installed = async (...built: Parameters<typeof build>): Promise<ReturnType<typeof runWith>> => {
    const made = await build(...built);
    return runWith(libvirt, ...installWords(made, join(made.folder, "hooks"), "--dry-run"));
  };
  const { status, stderr } = await installed({ strict, broken: failing("broken") });
  assert.equal(status, 1);
  assert.match(stderr[0] ?? "", /: a sample decision at qemu\/prepare failed.*: policy broken failed: [^;]*oops[^;]*$/);
  assert.deepEqual(stderr.slice(1), [UNTOUCHED]);

  const rules = {
    covered: "onError: allow",
    audited: "mode: audit",
    excused: "exempt: [{ domain: virt-warden-*, reason: r }]",
  };
  const names = Object.keys(rules);
  const harmless = Object.fromEntries(names.map((name) => [name, failing(name)]));
  const lines = Object.entries(rules).map(([name, rule]) => `  ${name}: { ${rule} }\n`);
  const allowed = await installed({ strict, ...harmless }, `rules:\n${lines.join("")}`);
  assert.equal(allowed.status, 0, allowed.stderr.join("\n"));
  assert.match(allowed.stdout[0] ?? "", /denied by strict/);
});

test("an empty path is wrong usage: it would be the working folder", () => {
  for (const words of [
    ["install", "--hooks-dir", ""],
    ["install", "--bundle="],
    ["uninstall", "--hooks-dir="],
    ["build", "--hooks-dir", ""],
    ["build", "--config", ""],
    ["build", "--out", ""],
  ]) {
    const { status, stdout, stderr } = runWith(libvirt, ...words);
    assert.deepEqual([status, stdout], [64, []], words.join(" "));
    assert.match(stderr.join("\n"), /^error: option '--\S+ <\w+>' argument '' is invalid\. It is empty, .*name a path/);
  }
});

test("a file in the place of a folder is named in one line", needsRoot(), async () => {
  const hooks = await makeFolder({ "qemu.d": "", "daemon.d/other": "" });
  const inFolder = runWith(libvirt, ...installWords(watching, hooks));
  const mine = `${hooks}/qemu.d: this is no folder; libvirt's hook scripts belong into one: move it away`;
  assert.deepEqual(inFolder, { status: 1, stdout: [], stderr: [mine, UNTOUCHED] });
  assert.equal(runWith(libvirt, "uninstall", "--hooks-dir", hooks).status, 0);

  const file = join(hooks, "daemon.d/other");
  const link = join(hooks, "link");
  await symlink(file, link);
  for (const folder of [file, link]) {
    const installed = runWith(libvirt, ...installWords(watching, folder));
    const text = `${folder}: this is no folder; libvirt's hook scripts belong into one: name another with --hooks-dir`;
    assert.deepEqual(installed, { status: 1, stdout: [], stderr: [text, UNTOUCHED] });
    const { status, stderr } = runWith(libvirt, "uninstall", "--hooks-dir", folder);
    assert.equal(status, 1);
    assert.deepEqual(stderr, [
      `${folder}: this is no folder, and no hook script can be in it: name another with --hooks-dir`,
      "virt-warden: nothing was removed; the hooks are as they were",
    ]);
  }
});

test("what is mounted read-only is named, and uninstall removes what it can", needsRoot(), async () => {
  const hooks = await makeFolder();
  const readOnly = "its file system is mounted read-only: mount it read-write, then run this again";
  const mounted = (folder: string, words: readonly string[]): ReturnType<typeof runWith> =>
    runIn(libvirt, `mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && "$@"`, folder, words);
  const refused = mounted(hooks, installWords(watching, hooks));
  const place = `${hooks}/daemon.d: cannot install here: ${readOnly}`;
  assert.deepEqual(refused, { status: 1, stdout: [], stderr: [place, UNTOUCHED] });
  assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 0);
  await rm(join(hooks, "qemu.d", OURS));
  const again = mounted(join(hooks, "qemu.d"), installWords(watching, hooks));
  const mount = "a file system of its own is mounted here: unmount it, then run this again";
  assert.deepEqual(again.stderr, [`${hooks}/qemu.d/${OURS}: cannot install here: ${mount}`, UNTOUCHED]);
  assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 0);

  const removed = mounted(join(hooks, "daemon.d"), ["uninstall", "--hooks-dir", hooks]);
  assert.equal(removed.status, 1);
  assert.equal(removed.stdout[0], `removed  ${hooks}/qemu.d/${OURS}`);
  assert.deepEqual(removed.stderr, [
    `${hooks}/daemon.d/${OURS}: cannot remove it: ${readOnly}`,
    "virt-warden: not all was removed; the scripts that are still there are still run",
  ]);
  assert.deepEqual(await readdir(join(hooks, "qemu.d")), []);
  assert.deepEqual(await readdir(join(hooks, "daemon.d")), [OURS]);
});

test("folders of hooks that others may write to are named", needsRoot(), async () => {
  const hooks = await makeFolder();
  await mkdir(join(hooks, "qemu.d"));
  await chown(join(hooks, "qemu.d"), 1000, 0);
  // each one's own files are safe in such a folder, and yet libvirt would run them
  await chmod(hooks, 0o1777);
  const warning = (folder: string, reason: string): string =>
    `virt-warden: warning: libvirt runs hooks below ${folder} as root, which is not root's alone: ${reason}; chown root and chmod go-w it`;
  const { status, stderr } = runWith(libvirt, ...installWords(watching, hooks));
  assert.equal(status, 0);
  assert.deepEqual(stderr, [
    warning(hooks, "everybody may write to it"),
    warning(join(hooks, "qemu.d"), "it belongs to uid 1000"),
  ]);
  await chown(join(hooks, "qemu.d"), 0, 0);
  await chmod(hooks, 0o755);
  assert.deepEqual(runWith(libvirt, ...installWords(watching, hooks)).stderr, []);
  // one that is to be made is as safe as what is above it
  await chmod(hooks, 0o775);
  const below = runWith(libvirt, ...installWords(watching, join(hooks, "new/hooks"), "--dry-run"));
  assert.deepEqual(below.stderr, [warning(hooks, "its group 0 may write to it")]);
});

test("scripts that judged by another bundle or launcher are said to be re-pointed", needsRoot(), async () => {
  const hooks = await makeFolder();
  assert.equal(runWith(libvirt, ...installWords(watching, hooks)).status, 0);
  const other = await buildWatching(["qemu/started"]);
  const script = join(hooks, "qemu.d", OURS);
  await writeFile(script, (await readFile(script, "utf8")).replace(`launcher='${LAUNCHER}'`, "launcher='/opt/old'"));
  const changes = (...more: readonly string[]): readonly string[] =>
    runWith(libvirt, ...installWords(other, hooks, ...more)).stdout.filter((line) => line.includes(": was "));
  assert.deepEqual(changes("--dry-run"), [
    `would change  bundle: was ${watching.bundle}, would be ${other.bundle}`,
    `would change  launcher: was /opt/old, would be ${LAUNCHER}`,
  ]);
  assert.deepEqual(changes(), [
    `changed    bundle: was ${watching.bundle}, is now ${other.bundle}`,
    `changed    launcher: was /opt/old, is now ${LAUNCHER}`,
  ]);
  assert.deepEqual(changes(), []);
});

test("a daemon that looks for hooks elsewhere is named, and no reload of it is advised", needsRoot(), async () => {
  const programs = await makeFolder();
  const hooks = await makeFolder();
  await copyFile("/bin/sleep", join(programs, "libvirtd"));
  const daemon = spawn(join(programs, "libvirtd"), ["60"], { stdio: "ignore" });
  const ended = new Promise((resolve) => daemon.once("exit", resolve));
  try {
    const { stdout } = runWith(libvirt, ...installWords(watching, hooks));
    const [note = "", ...more] = stdout.filter((line) => line.includes(`(${daemon.pid})`));
    assert.match(note, /^note: .*libvirtd \(\d+\).* looks? for hooks in \/etc\/libvirt\/hooks, not in /);
    assert.ok(note.endsWith(`not in ${hooks}`));
    assert.deepEqual(more, []);
    assert.ok(!stdout.some((line) => line.includes(`kill -HUP ${daemon.pid}`)));
  } finally {
    daemon.kill();
    await ended;
  }
});
