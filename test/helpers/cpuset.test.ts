import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cpuset } from "../../src/index.ts";

test("cpuset() lists single CPUs and ranges, ascending, each once", () => {
  assert.deepEqual(cpuset("0"), [0]);
  assert.deepEqual(cpuset("8,0-3,2"), [0, 1, 2, 3, 8]);
  assert.deepEqual(cpuset("5-5"), [5]);
  assert.equal(cpuset("0-16383").length, 16384);
});

test("cpuset() reads from left to right, so that an exclusion takes away only what stands before it", () => {
  assert.deepEqual(cpuset("0-3,^2,8"), [0, 1, 3, 8]);
  assert.deepEqual(cpuset("^2,0-3"), [0, 1, 2, 3]);
  assert.deepEqual(cpuset("0-3,^2,2"), [0, 1, 2, 3]);
  assert.deepEqual(cpuset("1,^1"), []);
});

test("cpuset() accepts what libvirt's parser does: spaces around numbers, leading zeros, a last comma, a sign", () => {
  assert.deepEqual(cpuset(" 0 - 2 ,\n^1 , 07 "), [0, 2, 7]);
  assert.deepEqual(cpuset("1,"), [1]);
  assert.deepEqual(cpuset("1, "), [1]);
  assert.deepEqual(cpuset("0-+2"), [0, 1, 2]);
  assert.deepEqual(cpuset("0--0"), [0]);
});

test("cpuset() refuses what libvirt's parser does", () => {
  const texts = [
    "",
    " ",
    ",",
    ",1",
    "1,,2",
    "a",
    "1 2",
    "1-",
    "-1",
    "^",
    "^ 1",
    "^1-2",
    "1-2-3",
    "+1",
    "0x1",
    "1;2",
    "3-1",
    "1--2",
  ];
  for (const text of [...texts, "\u0661", "1\u00a0"]) {
    assert.throws(() => cpuset(text), { name: "TypeError", message: /^Cannot read CPU set / }, JSON.stringify(text));
  }
  assert.throws(() => cpuset(undefined as unknown as string), {
    message: "Cannot read CPU set undefined: it is not a text",
  });
});

test("cpuset() refuses numbers above libvirt's highest", () => {
  for (const text of ["16384", "0-16384", "^16384", "0-999999999999", "1".repeat(400)]) {
    assert.throws(() => cpuset(text), { name: "RangeError", message: /is above 16383$/ });
  }
});

test("cpuset() is what setting and clearing in order gives", () => {
  const cpu = fc.nat({ max: 40 });
  const field = fc.oneof(
    fc.record({ text: cpu.map((n) => `${n}`) }),
    fc.record({ text: cpu.map((n) => `^${n}`) }),
    fc.record({ text: fc.tuple(cpu, fc.nat({ max: 5 })).map(([n, more]) => `${n}-${n + more}`) }),
  );
  const property = fc.property(fc.array(field, { minLength: 1 }), (fields) => {
    const expected = new Set<number>();
    for (const { text } of fields) {
      const [from = 0, to = from] = text.replace("^", "").split("-").map(Number);
      for (let n = from; n <= to; n++) text.startsWith("^") ? expected.delete(n) : expected.add(n);
    }
    const found = cpuset(fields.map(({ text }) => text).join(","));
    assert.deepEqual(
      found,
      [...expected].sort((a, b) => a - b),
    );
  });
  fc.assert(property, { seed: 3 });
});
