import assert from "node:assert/strict";
import { test } from "node:test";
import { guest, USUAL_BYTES } from "../../bench/documents.ts";
import { faultsOf, resultFiles } from "../../bench/results.ts";
import { growthOf, type Point } from "../../bench/statistics.ts";
import { goalRows, plain, subjectRows } from "../../bench/table.ts";
import { readDocument } from "../../src/engine/read-document.ts";
import { hookWords, readInvocation } from "../../src/hook/invocation.ts";

const XS = [1, 4, 16, 64, 256];

/** A curve whose runs at a size spread by a tenth around what it costs. */
function curve(cost: (x: number) => number): Point[] {
  return XS.map((x) => ({ x, times: [0.95, 1, 1, 1.05].map((share) => share * cost(x)) }));
}

test("a curve that grows with the square is faster than linear, and one that is linear is not", () => {
  assert.equal(growthOf(curve((x) => 5 + x)).isLinear, true);
  assert.equal(growthOf(curve((x) => 100 * x)).isLinear, true);
  assert.equal(growthOf(curve((x) => 5 + x * x)).isLinear, false);
  assert.equal(growthOf(curve((x) => x ** 1.4)).isLinear, false);
});

test("only our own curves can fail a run", () => {
  const square = curve((x) => x * x);
  const chart = { id: "x", title: "Cost", unit: "x", labelOf: String, notes: [] };
  const ours = { name: "ours", isOurs: true, points: square };
  const peer = { name: "peer", isOurs: false, points: square };
  assert.deepEqual(faultsOf([{ ...chart, curves: [peer] }]), []);
  const [fault = "", ...others] = faultsOf([{ ...chart, curves: [peer, ours] }]);
  assert.match(fault, /^Cost, ours: it grows with the power 2\.00 .*faster than linear$/);
  assert.deepEqual(others, []);
});

test("a guest has exactly the size that was asked for, and is one that libvirt's schema knows", () => {
  for (const bytes of [1024, 4096, USUAL_BYTES, 2 ** 20]) {
    const text = Buffer.from(guest(bytes));
    assert.equal(text.length, bytes);
    const invocation = readInvocation(hookWords("qemu/prepare") ?? []);
    assert.equal(readDocument(invocation, text).unknown, undefined);
  }
  assert.throws(() => guest(300), /the smallest has \d+$/);
});

test("results name each goal, link each chart, and fit a terminal", () => {
  const sample = { times: [6, 6, 7], median: 6, p99: 7 };
  const subjects = ["virt-warden hook, cold", "python3 + lxml for each"].map((name) => ({
    name,
    sample,
    peak: 2 ** 20,
  }));
  const [of, beside] = ["virt-warden hook, cold", "python3 + lxml for each"];
  const goals = [
    { of, beside, value: 0.25, limit: 0.2, kind: "most" },
    { of, beside, value: 12.5, limit: 10, kind: "times-as-many" },
    { of, value: 150, limit: 200, kind: "a-second" },
  ] as const;
  const cases = [{ title: "A case", notes: [], subjects, goals }];
  const rows = goalRows(cases);
  assert.deepEqual(
    rows.slice(1).map((row) => row.slice(2)),
    [
      ["0.250 ×", "≤ 0.2 ×", "25 % over"],
      ["12.5 ×", "≥ 10 ×", "met"],
      ["150/s", "≥ 200/s", "25 % short"],
    ],
  );
  for (const line of `${plain(rows, [0, 1, 4])}\n${plain(subjectRows(subjects))}`.split("\n")) {
    assert.ok(line.length <= 80, line);
  }
  const points = curve((x) => 5 + x);
  const chart = { id: "x", title: "Cost & size", unit: "x", labelOf: String, notes: [] };
  const charts = [{ ...chart, curves: [{ name: "warm", isOurs: true, points }] }];
  const files = resultFiles({ isQuick: false, machine: {}, versions: {}, cases, charts }, new Date("2026-01-31"));
  assert.deepEqual(Object.keys(files), ["RESULTS.md", "growth-x.svg"]);
  assert.match(files["RESULTS.md"] ?? "", /Measured on 2026-01-31.*\(growth-x\.svg\).*\| 256 \| 261 ms \|/s);
  assert.match(files["growth-x.svg"] ?? "", /^<svg .*Cost &amp; size.*<\/svg>\n$/s);
});
