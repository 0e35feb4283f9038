import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { bytes } from "../../src/index.ts";

/** Whatever a document or a policy may give, as JavaScript lets it. */
const bytesOf = (size: unknown) => bytes(size as Parameters<typeof bytes>[0]);

test("bytes() takes kibibytes where a size names no unit, or an empty one", () => {
  assert.equal(bytesOf({ value: 2 }), 2048);
  assert.equal(bytes({ value: 2, unit: "" }), 2048);
});

test("bytes() knows libvirt's units in any case", () => {
  const expected = {
    b: 1,
    byte: 1,
    bytes: 1,
    k: 2 ** 10,
    KiB: 2 ** 10,
    KB: 1e3,
    M: 2 ** 20,
    MiB: 2 ** 20,
    MB: 1e6,
    G: 2 ** 30,
    GiB: 2 ** 30,
    GB: 1e9,
    T: 2 ** 40,
    TiB: 2 ** 40,
    TB: 1e12,
    P: 2 ** 50,
    PiB: 2 ** 50,
    PB: 1e15,
    E: 2 ** 60,
    EiB: 2 ** 60,
    EB: 1e18,
  };
  for (const [unit, each] of Object.entries(expected)) {
    for (const written of [unit, unit.toLowerCase(), unit.toUpperCase()]) {
      assert.equal(bytes({ value: 1, unit: written }), each, written);
    }
  }
});

test("bytes() reads the amount of every kind of element", () => {
  assert.equal(bytes({ value: "3", unit: "MiB" }), 3 * 2 ** 20);
  assert.equal(bytes({ size: 2048, unit: "KiB" }), 2 ** 21);
  assert.equal(bytesOf({ memory: 512 }), 2 ** 19);
  assert.equal(bytes({ usage: 1, units: "GiB" }), 2 ** 30);
  assert.equal(bytesOf({ value: 0 }), 0);
});

test("bytes() refuses a unit that libvirt does not know", () => {
  for (const unit of ["KX", "KiBs", "iB", "kbit", "bits", "Z", "K B", " KiB", "1", "KiB\n", "Kib/s", "\u212A", 7]) {
    assert.throws(() => bytesOf({ value: 1, unit }), { name: "TypeError", message: /is not a unit/ }, String(unit));
  }
});

test("bytes() refuses what is not a whole number from 0", () => {
  for (const value of [-1, 1.5, Number.NaN, Infinity, "-1", "1.5", "1e3", "007", "0x10", "+1", "", " 1", "1 KiB"]) {
    assert.throws(() => bytesOf({ value }), { name: "TypeError", message: /not a whole number/ }, String(value));
  }
});

test("bytes() refuses what is no element with one amount", () => {
  for (const size of [undefined, null, 5, "5 KiB", {}, { unit: "KiB" }, { value: undefined }, { size: { value: 1 } }]) {
    assert.throws(() => bytesOf(size), { name: "TypeError", message: /^Cannot convert a size: / });
  }
  assert.throws(() => bytesOf({ value: 1, size: 2 }), { message: /two amounts, value and size/ });
});

test("bytes() throws where there is no element, so that a rule about it refuses", () => {
  assert.throws(() => bytes(undefined), {
    name: "TypeError",
    message: "Cannot convert a size: there is no such element",
  });
});

test("bytes() gives an exact number or throws", () => {
  assert.equal(bytes({ value: "9007199254740991", unit: "KiB" }), 9007199254740991 * 1024);
  assert.equal(bytes({ value: "9007199254740992", unit: "b" }), 2 ** 53);
  assert.throws(() => bytes({ value: "9007199254740993", unit: "b" }), { name: "RangeError", message: /not exact/ });
  assert.throws(() => bytes({ value: 2 ** 53, unit: "b" }), { name: "RangeError", message: /give it as text/ });
  assert.throws(() => bytes({ value: 16, unit: "EiB" }), { name: "RangeError", message: /more than 64 bits/ });
  assert.equal(bytes({ value: 15, unit: "EiB" }), 15 * 2 ** 60);
});

test("bytes() of any amount is the amount times its unit, where a number can hold it", () => {
  const units = fc.constantFrom(["b", 1n], ["KiB", 1024n], ["KB", 1000n], ["MiB", 1024n ** 2n], ["GB", 10n ** 9n]);
  const property = fc.property(fc.bigInt(0n, 2n ** 64n - 1n), units, (amount, [unit, each]) => {
    const size = { value: `${amount}`, unit: unit as string };
    const exact = amount * (each as bigint);
    if (exact < 2n ** 64n && BigInt(Number(exact)) === exact) assert.equal(BigInt(bytes(size)), exact);
    else assert.throws(() => bytes(size), RangeError);
  });
  fc.assert(property, { seed: 3 });
});
