import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { junitReporter } from "../../src/testing/reporters/junit.ts";
import { mixed, reportOf, stopped } from "./results.ts";

const report = reportOf(junitReporter, [mixed, stopped]);

/** What libxml2 finds in the report. */
function found(xpath: string): string {
  const { status, stdout, stderr } = spawnSync("xmllint", ["--xpath", `string(${xpath})`, "-"], {
    input: report,
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout.replace(/\n$/, "");
}

test("the report counts tests, failures, and files that could not run", () => {
  const counts = ["tests", "failures", "errors", "time"].map((name) => found(`/testsuites/@${name}`));
  assert.deepEqual(counts, ["3", "1", "1", "40.000"]);
  const suites = ["tests", "failures", "errors", "time"].map((name) => found(`//testsuite[1]/@${name}`));
  assert.deepEqual(suites, ["2", "1", "0", "0.031"]);
  assert.equal(found("count(//testsuite)"), "2");
  assert.equal(found("count(//testcase)"), "3");
});

test("names, messages and details come back as they were, but for what XML cannot hold", () => {
  assert.equal(found("//testsuite[1]/testcase[2]/@name"), "the CPU mode: <a & 'b'> # SKIP \\ \\u{1}");
  assert.equal(found("//testcase[2]/failure/@message"), 'expected: denied by "cpu"\\ngot: allowed, ]]> and \\u{d800}');
  assert.deepEqual(found("//testcase[2]/failure").split("\n"), [
    "policies/no-host-passthrough.test.ts:6:9",
    'expected: denied by "cpu"',
    "got: allowed, ]]> and \\u{d800}",
    "  3 |   <cpu mode='host-model'/>\\u{1b}[31m",
    "",
    "---",
    "...",
  ]);
  assert.equal(found("//testcase[2]/@line"), "6");
});

test("a file that was stopped is a test case with an error", () => {
  assert.equal(found("//testsuite[2]/testcase/error/@message"), "the test never ends was stopped after 30 s");
});
