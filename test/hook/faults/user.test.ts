import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../support/folder.ts";
import { type Built, build, GUEST, start } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { commandLine, processesWith, statusOf } from "../../support/process.ts";
import { callOf } from "./call.ts";

/** The uid that policies get on a host without a user for them. */
const FALLBACK = "64999";

describe("the user that policies run as", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await build({ loop: "for (;;);" }, "limits: { time: 100ms, deadline: 8s }");
  });

  /** The user and group ids of the process that runs policies, and the hook's end, on a host with these accounts. */
  async function judgeWith(passwd: string) {
    const file = join(await makeFolder(), "passwd");
    await writeFile(file, passwd);
    const object = `guest-${process.pid}-${Math.random().toString(36).slice(2)}`;
    const words = callOf(built.bundle, { words: ["qemu", object, "prepare", "begin", "-"] });
    const script = `mount --bind ${file} /etc/passwd && exec timeout -s KILL 20 "$@"`;
    const { child, ended } = start("unshare", ["--mount", "sh", "-c", script, "sh", ...words], GUEST);
    const ids = new Set<string>();
    let running = true;
    void ended.finally(() => {
      running = false;
    });
    while (running) {
      for (const pid of processesWith(object)) {
        if (commandLine(pid)[0] !== "/proc/self/fd/6") continue;
        for (const id of [...statusOf(pid, "Uid"), ...statusOf(pid, "Gid")]) ids.add(id);
      }
      await sleep(10);
    }
    assert.ok(child.pid !== undefined);
    return { ids: [...ids], ...(await ended) };
  }

  test("is a fixed one that no account has, where the host has none for them, or no accounts at all", async () => {
    const others = (await readFile("/etc/passwd", "utf8")).replace(/^virt-warden:.*\n/m, "");
    for (const passwd of [others, ""]) {
      const { ids, status } = await judgeWith(passwd);
      assert.deepEqual([ids, status], [[FALLBACK], 2]);
    }
  });

  test("is the host's own for them", async () => {
    const { ids, status } = await judgeWith("root:x:0:0::/:/bin/sh\nvirt-warden:x:64321:64321::/:/bin/false\n");
    assert.deepEqual([ids, status], [["64321"], 2]);
  });

  const garbage = {
    "root's id": "virt-warden:x:0:0::/:/bin/false\n",
    "root's id in other words": "virt-warden:x:00:0x0::/:/bin/false\n",
    "root's group": "virt-warden:x:64321:0::/:/bin/false\n",
    "root's name": "virt-warden:x:root:root::/:/bin/false\n",
    "the id that means: no change": "virt-warden:x:4294967295:4294967295::/:/bin/false\n",
    "an id that is root's in 32 bits": "virt-warden:x:4294967296:4294967296::/:/bin/false\n",
    "an id below zero": "virt-warden:x:-1:-1::/:/bin/false\n",
    "no id": "virt-warden:x:::::\n",
    "no fields": "virt-warden:\n",
    "an option of setpriv": "virt-warden:x:0 --init-groups:0::/:/bin/false\n",
    "two lines, one of them root": "virt-warden:x:0:0::/:/bin/false\nvirt-warden:x:64321:64321::/:/bin/false\n",
  };
  for (const [what, passwd] of Object.entries(garbage)) {
    test(`is never root, where the account for them has ${what}`, async () => {
      const { ids, status, stderr } = await judgeWith(`root:x:0:0::/:/bin/sh\n${passwd}`);
      assert.ok(!ids.includes("0"), `ran as ${ids.join()}`);
      if (status === 3) assert.match(stderr, /^virt-warden: engine failure: [^\n]+\n$/);
      else assert.deepEqual([ids.length > 0, status], [true, 2], stderr);
    });
  }
});
