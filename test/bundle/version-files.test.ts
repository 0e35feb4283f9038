import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../../src/bundle/version-files.ts";
import { makeFolder as makeTemporary } from "../support/folder.ts";

const MODULE = import.meta.resolve("../../src/bundle/version-files.ts");

test("a folder is made with those above it, and everybody can read each, whatever the umask", async () => {
  const base = await makeTemporary();
  const umask = process.umask(0o077);
  try {
    await Promise.all([makeFolder(join(base, "a/b/c")), makeFolder(join(base, "a/b/d"))]);
  } finally {
    process.umask(umask);
  }
  for (const name of ["a", "a/b", "a/b/c", "a/b/d"]) assert.equal((await stat(join(base, name))).mode & 0o777, 0o755);
});

test("a folder is not made below a file, nor in its place", async () => {
  const file = join(await makeTemporary(), "file");
  await writeFile(file, "");
  await assert.rejects(makeFolder(file), { code: "EEXIST" });
  await assert.rejects(makeFolder(join(file, "deep")), { code: "EEXIST" });
});

test("where the file system makes no folders, that is said at once", () => {
  const code = `const { makeFolder } = await import(${JSON.stringify(MODULE)});
    await makeFolder("/proc/virt-warden/deep").catch(({ message }) => console.log(message));`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    timeout: 20_000,
    killSignal: "SIGKILL",
  });
  assert.equal(status, 0);
  assert.equal(stdout, "no folder can be made in /proc\n");
});
