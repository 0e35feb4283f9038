import assert from "node:assert/strict";
import { cp, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Built, build, GUEST, hook, LAUNCHER, start } from "../../support/launcher.ts";
import { commandLine, processesWith, waitFor } from "../../support/process.ts";

/** A policy that takes a second or so and then says which version it is of. */
function slow(version: string): string {
  return `const started = Date.now(); while (Date.now() - started < 1000) continue; context.deny("${version}");`;
}

/** Has a bundle's link `current` lead to another version, as \`virt-warden build\` does, by one rename. */
async function switchTo(bundle: string, version: string): Promise<void> {
  const link = join(bundle, `.new-${Math.random().toString(36).slice(2)}`);
  await symlink(`versions/${version}`, link);
  await rename(link, join(bundle, "current"));
}

/** Brings another bundle's version in force into a bundle, and returns its name. */
async function addVersion(from: Built, to: Built): Promise<string> {
  const name = (await readlink(join(from.bundle, "current"))).replace("versions/", "");
  await cp(join(from.bundle, "versions", name), join(to.bundle, "versions", name), { recursive: true });
  return name;
}

describe("a bundle that is switched", () => {
  let first: Built;
  let second: Built;
  before(async () => {
    first = await build({ "no-bad": "context.deny('first');" });
    second = await build({ "no-bad": "context.deny('second');" }, `# of as many bytes\n`);
  });

  test("judges each call by one whole version, however often it is switched", async () => {
    const versions = [
      (await readlink(join(first.bundle, "current"))).replace("versions/", ""),
      await addVersion(second, first),
    ];
    let ended = false;
    const writer = (async () => {
      for (let count = 0; !ended; count += 1) {
        await switchTo(first.bundle, versions[count % 2] ?? "");
        await sleep(1);
      }
    })();
    const seen = new Set<string>();
    try {
      for (let count = 0; count < 8; count += 1) {
        const [a, b] = await Promise.all([hook(first.bundle), hook(first.bundle)]);
        for (const { status, stderr } of [a, b]) {
          assert.match(stderr, /^virt-warden: denied by no-bad: (?:first|second)\n$/);
          assert.equal(status, 1);
          seen.add(stderr);
        }
      }
    } finally {
      ended = true;
      await writer;
    }
    assert.equal(seen.size, 2, "both versions were in force at times");
  });

  test("judges to the end by the version in force when the call began, even when that is removed", async () => {
    const limits = "limits: { time: 5s }";
    const [old, other] = await Promise.all([
      build({ slow: slow("old") }, limits),
      build({ slow: slow("new") }, limits),
    ]);
    const before = (await readlink(join(old.bundle, "current"))).replace("versions/", "");
    const after = await addVersion(other, old);
    const object = `guest-${process.pid}-switched`;
    const { ended } = start(LAUNCHER, ["hook", "--bundle", old.bundle, "qemu", object, "prepare", "begin", "-"], GUEST);
    await waitFor(() => processesWith(object).find((pid) => isEvaluator(pid)));
    await switchTo(old.bundle, after);
    await rm(join(old.bundle, "versions", before), { recursive: true });
    const { status, stderr } = await ended;
    assert.deepEqual([status, stderr], [1, "virt-warden: denied by slow: old\n"]);
    assert.equal((await hook(old.bundle)).stderr, "virt-warden: denied by slow: new\n");
    const [line = ""] = (await readFile(old.log, "utf8")).split("\n").filter((each) => each.includes(object));
    assert.ok(
      (JSON.parse(line) as { bundle: string }).bundle.startsWith(before),
      "the log names the version that judged",
    );
  });
});

function isEvaluator(pid: number): boolean {
  return commandLine(pid)[0] === "/proc/self/fd/6";
}
