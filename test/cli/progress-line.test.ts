import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine } from "../../src/cli/progress-line.ts";

test("a line tells count, share, pace and the time that is left, with a bar of its share", () => {
  assert.equal(progressLine(50, 200, 2000, 80), "[#######-----------------------]   50 of 200   25 %  25/s  6 s left");
  assert.equal(progressLine(200, 200, 8000, 80), `[${"#".repeat(30)}]  200 of 200  100 %  25/s  0 s left`);
});

test("nothing is said of the pace before it is known", () => {
  assert.equal(progressLine(0, 40, 9000, 80), `[${"-".repeat(30)}]   0 of 40    0 %`);
  assert.equal(progressLine(1, 40, 20, 80), `[${"-".repeat(30)}]   1 of 40    3 %`);
});

test("long times are minutes and hours, and a slow pace has a fraction", () => {
  assert.match(progressLine(10, 1000, 10_000, 80), / 1\.0\/s {2}16:30 min left$/);
  assert.match(progressLine(1, 10_001, 1000, 80), / 1\.0\/s {2}2:46 h left$/);
});

test("a narrow terminal has a shorter bar, then none, and never a second line", () => {
  for (let columns = 1; columns <= 80; columns++) {
    assert.ok(progressLine(50, 200, 2000, columns).length < columns, String(columns));
  }
  assert.match(progressLine(50, 200, 2000, 55), /^\[#+-+\] /);
  assert.match(progressLine(50, 200, 2000, 40), /^ 50 of 200/);
});
