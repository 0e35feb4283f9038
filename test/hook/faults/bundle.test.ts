import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chmod, chown, cp, readFile, readlink, realpath, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { sha256 } from "../../../src/bundle/digest.ts";
import { makeFolder } from "../../support/folder.ts";
import type { Built } from "../../support/launcher.ts";
import { start } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { BAD, buildNoBad, callOn, callThrough } from "./call.ts";
import { assertDenied, assertNeverWrong, assertRefused, assertRightVerdicts } from "./expect.ts";

const FILES = ["launch", "manifest.json", "policies.js"] as const;
/** The bits that are flipped: a neighbour, and another kind of character. */
const BITS = [1, 64] as const;

const MEND = /engine failure: [^\n]*bundle[^\n]*; (?:make it anew with: virt-warden build|build the bundle again)/;

// what hook.test.ts holds: no bundle at all, a file that is missing
describe("a damaged bundle", () => {
  let built: Built;
  let bundle = "";
  let version = "";
  before(async () => {
    built = await buildNoBad();
  });
  beforeEach(async () => {
    bundle = await makeFolder();
    await cp(built.bundle, bundle, { recursive: true, verbatimSymlinks: true });
    version = await realpath(join(bundle, "current"));
  });

  const call = (document?: string) => callThrough(["env"], bundle, document === undefined ? {} : { document });

  test("judges as long as it is whole", async () => {
    await assertRightVerdicts(({ document }) => call(document as string | undefined), "whole");
  });

  for (const name of FILES) {
    test(`refuses wherever ${name} was cut off`, async () => {
      const whole = await readFile(join(version, name));
      for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1]) {
        await writeFile(join(version, name), whole);
        await truncate(join(version, name), length);
        assertRefused(await call(), MEND, `${name} of ${length} bytes`);
      }
    });

    test(`refuses where one bit of ${name} changed, or a byte was added`, async () => {
      const whole = await readFile(join(version, name));
      const place = name === "launch" ? whole.indexOf("digest ") + 7 : Math.floor(whole.length / 2);
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 1;
      await writeFile(join(version, name), changed);
      assertRefused(await call(BAD), MEND, "a bit");
      if (name === "launch") return;
      await writeFile(join(version, name), Buffer.concat([whole, Buffer.from(" ")]));
      assertRefused(await call(BAD), MEND, "a byte");
    });

    test(`refuses where ${name} is no file, without waiting for anybody`, async () => {
      await rm(join(version, name));
      assert.equal((await start("mkfifo", ["-m", "644", join(version, name)]).ended).status, 0);
      assertRefused(await call(), /engine failure: [^\n]*bundle/, "a pipe");
      await rm(join(version, name));
      await symlink("/dev/zero", join(version, name));
      assertRefused(await call(), /engine failure: /, "a device");
    });
  }

  test("refuses a version of another format, in the launch file or in the manifest alone", async () => {
    const launch = await readFile(join(version, "launch"), "utf8");
    await writeFile(join(version, "launch"), launch.replace("virt-warden-bundle 2", "virt-warden-bundle 3"));
    assertRefused(await call(BAD), /has format 3, not 2; make it anew with: virt-warden build/);
    const manifest = (await readFile(join(version, "manifest.json"), "utf8")).replace('"format": 2', '"format": 3');
    await writeFile(join(version, "manifest.json"), manifest);
    await writeFile(join(version, "launch"), launch.replace(/^digest .*$/m, `digest ${sha256(manifest)}`));
    assertRefused(await call(BAD), /bundle[^\n]*format 3[^\n]*build/);
  });

  test("refuses where the link in force leads nowhere, to a file or in a circle", async () => {
    const current = join(bundle, "current");
    for (const target of ["versions/none", await readlink(current).then((each) => `${each}/launch`), "current"]) {
      await rm(current);
      await symlink(target, current);
      assertRefused(await call(), /engine failure: there is no bundle in [^\n]*; [^\n]*virt-warden build\n/, target);
    }
  });

  test("refuses a part that others may write to, whichever it is, and names it", async () => {
    for (const part of [bundle, join(bundle, "versions"), version, ...FILES.map((name) => join(version, name))]) {
      for (const mode of [0o020, 0o002]) {
        await chmod(part, 0o755 | mode);
        assertRefused(
          await call(),
          /engine failure: others than root may write to [^\n]*; chown root and chmod go-w/,
          part,
        );
      }
      await chmod(part, 0o755);
    }
    assert.deepEqual(await assertNeverWrong(({ document }) => call(document as string | undefined), "mended"), [0, 1]);
  });

  test("writes nothing where a part that others may write to says, and refuses without any log", {
    ...needsRoot(),
  }, async () => {
    const folder = join(await makeFolder(), "some");
    const log = join(folder, "where/evil.log");
    await editLaunch(version, (text) => text.replace(/^log .*$/m, `log ${log}`));
    await chmod(version, 0o775);
    // nor can the default log be written
    const ended = await callOn("mount -t tmpfs -o ro none /var/log", bundle, { document: BAD });
    assertRefused(ended, /engine failure: others than root may write to [^\n]*; chown root and chmod go-w/);
    assert.equal(existsSync(folder), false);
    await chmod(version, 0o755);
    assert.equal((await call(BAD)).status, 1);
    assert.equal(existsSync(log), true, "it is what the bundle says, once that can be believed");
  });

  test("never allows what it should not where one bit of launch changed, in whichever line", async () => {
    const whole = await readFile(join(version, "launch"));
    // wherever a changed path leads, it stays in a folder of the test
    const places = [...placesOf(whole.toString("latin1"))].filter(({ isPath }) => !isPath);
    assert.equal(new Set(places.map(({ line }) => line)).size, 10, "a place in each line");
    for (const { line, offset, bit } of places) {
      const changed = Buffer.from(whole);
      changed[offset] = (changed[offset] ?? 0) ^ bit;
      await writeFile(join(version, "launch"), changed);
      const ended = await call(BAD);
      const what = `${JSON.stringify(line)}, byte ${offset}, bit ${bit}: ${JSON.stringify(ended)}`;
      if (ended.status === 1) assertDenied(ended, what);
      else assertRefused(ended, /engine failure: /, what);
    }
  });

  test("refuses a part that belongs to another user than root, whichever it is", { ...needsRoot() }, async () => {
    for (const part of [bundle, join(bundle, "versions"), version, ...FILES.map((name) => join(version, name))]) {
      await chown(part, 65_533, 0);
      assertRefused(await call(), /engine failure: others than root may write to [^\n]*; chown root/, part);
      await chown(part, 0, 0);
    }
  });
});

/** Where a bit is flipped in each line of a launch file: in and around its key, and over its value. */
function* placesOf(text: string): Generator<{ line: string; offset: number; bit: number; isPath: boolean }> {
  let start = 0;
  for (const line of text.trimEnd().split("\n")) {
    const space = line.includes(" ") ? line.indexOf(" ") : line.length;
    const folder = line.startsWith("log ") ? line.lastIndexOf("/") : 0;
    const places = [
      0,
      space - 1,
      space,
      space + 1,
      Math.floor((space + line.length) / 2),
      line.length - 1,
      line.length,
    ];
    for (const [index, place] of [...new Set(places)].filter((each) => each <= line.length).entries()) {
      const bit = BITS[index % BITS.length] ?? 1;
      yield { line, offset: start + place, bit, isPath: place > space && place <= folder };
    }
    start += line.length + 1;
  }
}

async function editLaunch(version: string, edit: (text: string) => string): Promise<void> {
  const launch = join(version, "launch");
  await writeFile(launch, edit(await readFile(launch, "utf8")));
}
