import assert from "node:assert/strict";
import { test } from "node:test";
import { displayPath } from "../src/user-error.ts";

/** What a path is shown as from a working folder. */
function shownFrom(folder: string, file: string): string {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return displayPath(file);
  } finally {
    process.chdir(before);
  }
}

test("a path is shown relative where it lies under the working folder, unless that is the root", () => {
  assert.equal(shownFrom("/usr", "/usr/bin/env"), "bin/env");
  assert.equal(shownFrom("/usr", "/usr"), "/usr");
  assert.equal(shownFrom("/usr", "/etc/passwd"), "/etc/passwd");
  assert.equal(shownFrom("/", "/var/lib/virt-warden"), "/var/lib/virt-warden");
});
