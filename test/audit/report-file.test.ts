import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ReportFile } from "../../src/audit/report-file.ts";
import { makeFolder } from "../support/folder.ts";

test("a report takes the place of an older one at once, is its owner's alone, and leaves nothing else", async () => {
  const folder = await makeFolder({ "report.html": "old" });
  const path = join(folder, "report.html");
  {
    using file = new ReportFile(path, "old");
    assert.equal(readFileSync(path, "utf8"), "old");
    file.write("new");
  }
  assert.equal(readFileSync(path, "utf8"), "new");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ["report.html"]);
});

test("a report that is not written leaves the older one, and nothing else", async () => {
  const folder = await makeFolder({ "report.html": "old" });
  {
    using _ = new ReportFile(join(folder, "report.html"), "");
    assert.equal(readdirSync(folder).length, 2);
  }
  assert.deepEqual(readdirSync(folder), ["report.html"]);
  assert.equal(readFileSync(join(folder, "report.html"), "utf8"), "old");
});

test("a file that is no report of its kind stays, also where it is shorter than a report's beginning", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "rules: {}", short: "<", empty: "" });
  for (const name of ["virt-warden.yaml", "short"]) {
    assert.throws(
      () => new ReportFile(join(folder, name), "<!doctype html>"),
      /there is a file that is no such report/,
    );
  }
  using _ = new ReportFile(join(folder, "empty"), "<!doctype html>");
  assert.equal(readFileSync(join(folder, "virt-warden.yaml"), "utf8"), "rules: {}");
});

test("a folder, a link, and a place that is not there are refused before there is anything to write", async () => {
  const folder = await makeFolder({ "other.txt": "" });
  mkdirSync(join(folder, "folder"));
  symlinkSync("other.txt", join(folder, "link"));
  for (const name of ["folder", "link"]) {
    assert.throws(
      () => new ReportFile(join(folder, name), ""),
      /cannot write the report: there is something that is no file/,
    );
  }
  assert.throws(() => new ReportFile(join(folder, "nowhere/report.html"), ""), {
    name: "UserError",
    message: `${join(folder, "nowhere/report.html")}: cannot write the report: no such file or directory`,
  });
  assert.deepEqual(readdirSync(folder).sort(), ["folder", "link", "other.txt"]);
});
