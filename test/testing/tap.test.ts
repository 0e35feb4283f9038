import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "yaml";
import { tapReporter } from "../../src/testing/reporters/tap.ts";
import { mixed, reportOf, stopped } from "./results.ts";

const report = reportOf(tapReporter, [mixed, stopped]);
const lines = report.trimEnd().split("\n");

test("tests are numbered within their file, files within the report, and each has its plan", () => {
  const points = lines.filter((line) => /^ *(?:not ok|ok|\d+\.\.)/.test(line));
  assert.deepEqual(points, [
    "    ok 1 - a guest is allowed",
    "    not ok 2 - the CPU mode: <a & 'b'> \\# SKIP \\\\ \\\\u{1}",
    "    1..2",
    "not ok 1 - policies/no-host-passthrough.test.ts",
    "not ok 2 - policies/slow.test.ts",
    "1..2",
  ]);
  assert.equal(lines[0], "TAP version 14");
});

test("what a test tells of its failure is YAML, which nothing in a text can end", () => {
  const blocks = [...report.matchAll(/^( *)---\n(.*?)\n\1\.\.\.$/gms)].map(([, , block = ""]) => parse(block));
  assert.deepEqual(blocks, [
    { duration_ms: 1.5 },
    {
      duration_ms: 2,
      message: 'expected: denied by "cpu"\ngot: allowed, ]]> and \\u{d800}',
      severity: "fail",
      at: "policies/no-host-passthrough.test.ts:6:9",
      details: "  3 |   <cpu mode='host-model'/>\\u{1b}[31m\n\n---\n...\n",
    },
    { duration_ms: 31.25 },
    { duration_ms: 30000, message: "the test never ends was stopped after 30 s", severity: "fail" },
  ]);
});
