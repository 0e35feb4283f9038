import assert from "node:assert/strict";
import { test } from "node:test";
import { readReport } from "../../src/testing/read-report.ts";

const PROBLEM = { message: "m", place: { file: "a.test.ts", line: 1, column: 2 }, details: ["d"] };
const REPORT = {
  tests: [
    { name: "a", ms: 1, status: "passed" },
    { name: "b", ms: 2.5, status: "failed", problem: PROBLEM },
  ],
  error: PROBLEM,
  coverage: { ran: { policy: [0, 7] }, isCutShort: false },
};

test("a report is read as it was written", () => {
  assert.deepEqual(readReport(JSON.stringify(REPORT)), REPORT);
  assert.deepEqual(readReport('{"tests":[]}'), { tests: [] });
});

test("what is no report is none, whichever part of it is of another form", () => {
  const [passed, failed] = REPORT.tests;
  const others = [
    {},
    { tests: {} },
    { tests: [{ ...passed, name: 1 }] },
    { tests: [{ ...passed, ms: "1" }] },
    { tests: [{ ...passed, problem: PROBLEM }] },
    { tests: [{ ...failed, problem: undefined }] },
    { tests: [{ ...passed, status: "skipped" }] },
    { tests: [{ ...failed, problem: { ...PROBLEM, details: [1] } }] },
    { tests: [{ ...failed, problem: { ...PROBLEM, place: { file: "a", line: "1", column: 1 } } }] },
    { ...REPORT, error: "e" },
    { ...REPORT, coverage: { ran: { policy: [-1] }, isCutShort: false } },
    { ...REPORT, coverage: { ran: {} } },
  ];
  for (const other of others) assert.equal(readReport(JSON.stringify(other)), undefined, JSON.stringify(other));
  for (const text of ["", "null", "[]", '{"tests":[]'] as const) assert.equal(readReport(text), undefined, text);
});
