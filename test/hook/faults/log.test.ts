import assert from "node:assert/strict";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { type Built, build, start } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { BAD, buildNoBad, callOn, callThrough, DENIAL, type Timed } from "./call.ts";
import { BOUND } from "./expect.ts";

const WARNING = /^virt-warden: warning: cannot write the decision log [^\n]+\n$/;

/** The right verdicts, each with one line more: that the log could not be written. */
async function assertWarned(call: (document?: string) => Promise<Timed>, what: string): Promise<void> {
  const good = await call();
  assert.match(good.stderr, WARNING, what);
  assert.deepEqual([good.status, good.stdout], [0, ""], what);
  const bad = await call(BAD);
  assert.ok(bad.stderr.startsWith(DENIAL), `${what}: ${bad.stderr}`);
  assert.match(bad.stderr.slice(DENIAL.length), WARNING, what);
  assert.deepEqual([bad.status, bad.stdout], [1, ""], what);
  assert.ok(Math.max(good.seconds, bad.seconds) < BOUND, what);
}

// what hook.test.ts holds: a folder in the log's place, a folder that cannot be made
describe("a decision log that cannot be written", () => {
  let built: Built;
  let folder = "";
  before(async () => {
    built = await buildNoBad();
    folder = await makeFolder();
  });

  /** Has the bundle log somewhere else. */
  async function logTo(log: string): Promise<void> {
    const launch = join(built.bundle, "current/launch");
    await writeFile(launch, (await readFile(launch, "utf8")).replace(/^log .*$/m, `log ${log}`));
  }

  const call = (document?: string) => callThrough(["env"], built.bundle, document === undefined ? {} : { document });

  test("warns, decides the same, and waits for nobody where it is a pipe", async () => {
    const pipe = join(folder, "pipe.log");
    assert.equal((await start("mkfifo", [pipe]).ended).status, 0);
    await logTo(pipe);
    await assertWarned(call, "a pipe");
  });

  test("warns and decides the same where it is a link to a device that is full", async () => {
    await symlink("/dev/full", join(folder, "full.log"));
    await logTo(join(folder, "full.log"));
    await assertWarned(call, "/dev/full");
  });

  test("warns and decides the same where the file system is full or read-only", { ...needsRoot() }, async () => {
    await logTo("/mnt/decisions.log");
    const faults = {
      "full, without a log":
        "mount -t tmpfs -o size=4k none /mnt && head -c 8192 /dev/zero >/mnt/full 2>/dev/null; true",
      "full, with a log":
        "mount -t tmpfs -o size=8k none /mnt && head -c 4096 /dev/zero >/mnt/decisions.log && head -c 8192 /dev/zero >/mnt/full 2>/dev/null; true",
      "without inodes": "mount -t tmpfs -o nr_inodes=1 none /mnt",
      "read-only": "mount -t tmpfs -o ro none /mnt",
    };
    for (const [what, script] of Object.entries(faults)) {
      await assertWarned((document) => callOn(script, built.bundle, document === undefined ? {} : { document }), what);
    }
  });

  test("waits for nobody who locks it", async () => {
    const log = join(folder, "locked.log");
    await logTo(log);
    const holder = start("flock", ["--no-fork", log, "sleep", "30"]);
    try {
      assert.deepEqual([(await call()).stderr, (await call(BAD)).stderr], ["", DENIAL]);
    } finally {
      holder.child.kill();
    }
  });

  test("takes lines of any length, whole, of several decisions at once", async () => {
    const log = join(folder, "long.log");
    const { bundle } = await build({ a: 'for (let i = 0; i < 60; i += 1) context.deny("x".repeat(i % 2 ? 900 : 9));' });
    const launch = join(bundle, "current/launch");
    await writeFile(launch, (await readFile(launch, "utf8")).replace(/^log .*$/m, `log ${log}`));
    await logTo(log);
    await Promise.all([bundle, built.bundle, bundle, built.bundle].map((each) => callThrough(["env"], each, {})));
    const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
    assert.equal(lines.length, 4);
    assert.equal(lines.filter((line) => JSON.parse(line).status === 1 && line.length > 20_000).length, 2);
  });
});
