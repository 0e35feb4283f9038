import assert from "node:assert/strict";
import { chmod, chown, realpath } from "node:fs/promises";
import { join } from "node:path";
import { before, beforeEach, describe, test } from "node:test";
import { readBundle } from "../../src/bundle/read-bundle.ts";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";
import { buildFiles, policy } from "./build.ts";

describe("a bundle that others may write to", () => {
  let built: Awaited<ReturnType<typeof buildFiles>>;
  let folder = "";
  let version = "";
  before(async () => {
    built = await buildFiles({ "policies/a.ts": policy("a") });
  });
  beforeEach(async () => {
    folder = await makeFolder();
    await writeBundle(built, folder);
    version = await realpath(join(folder, "current"));
  });

  /** The bundle's own folders and files. */
  const parts = (): string[] => [
    folder,
    join(folder, "versions"),
    version,
    ...["launch", "manifest.json", "policies.js"].map((name) => join(version, name)),
  ];

  test("is not read, whichever part it is, and the message names that part", async () => {
    await readBundle(folder);
    for (const part of parts()) {
      for (const mode of [0o020, 0o002]) {
        await chmod(part, 0o755 | mode);
        await assert.rejects(readBundle(folder), ({ problems }) => {
          assert.equal(problems[0].file, part);
          assert.match(
            problems[0].message,
            /^cannot trust the bundle: others than root may write to it, or it is a link; chown root/,
          );
          return true;
        });
        await chmod(part, 0o755);
      }
    }
  });

  test("is not read where a part belongs to another user than root", { ...needsRoot() }, async () => {
    for (const part of parts()) {
      await chown(part, 65_533, 0);
      await assert.rejects(readBundle(folder), /cannot trust the bundle/, part);
      await chown(part, 0, 0);
    }
    await readBundle(folder);
  });

  test("is not written either", async () => {
    await chmod(folder, 0o775);
    await assert.rejects(writeBundle(built, folder), /cannot trust the bundle/);
  });
});
