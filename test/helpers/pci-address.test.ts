import assert from "node:assert/strict";
import { test } from "node:test";
import { pciAddress } from "../../src/index.ts";

test("pciAddress() writes numbers, decimal and hexadecimal text alike", () => {
  assert.equal(pciAddress({ domain: "0x0000", bus: "0x0a", slot: "0x1f", function: "0x0" }), "0000:0a:1f.0");
  assert.equal(pciAddress({ domain: 0, bus: 10, slot: "31", function: 7 }), "0000:0a:1f.7");
  assert.equal(pciAddress({ type: "pci", domain: "0X1", bus: "0xFF", slot: "0x2" }), "0001:ff:02.0");
});

test("pciAddress() takes a missing part for 0, as libvirt does", () => {
  assert.equal(pciAddress({ bus: 1 }), "0000:01:00.0");
  assert.equal(pciAddress({}), "0000:00:00.0");
});

test("pciAddress() reads text with a leading zero as octal, as libvirt does", () => {
  assert.equal(pciAddress({ bus: "010", slot: "017" }), "0000:08:0f.0");
  assert.throws(() => pciAddress({ bus: "08" }), TypeError);
});

test("pciAddress() writes a domain of more than four digits whole", () => {
  assert.equal(pciAddress({ domain: "0x10000", bus: 1 }), "10000:01:00.0");
});

test("pciAddress() refuses parts out of range", () => {
  for (const part of [{ domain: 2 ** 32 }, { bus: 256 }, { slot: "0x20" }, { function: 8 }, { bus: -1 }]) {
    assert.throws(() => pciAddress(part), { name: "RangeError", message: /is not between 0 and 0x/ });
  }
});

test("pciAddress() refuses parts that are not numbers", () => {
  for (const bus of ["", "0a", "1f", "0x", "0xg", " 1", "1 ", "-1", "+1", "1e1", 1.5, Number.NaN, null, {}]) {
    assert.throws(() => pciAddress({ bus: bus as string }), {
      name: "TypeError",
      message: /^Cannot write a PCI address/,
    });
  }
});

test("pciAddress() refuses addresses of other kinds", () => {
  assert.throws(() => pciAddress({ type: "usb", bus: 0 }), {
    message: 'Cannot write a PCI address: its type is "usb"',
  });
  const usb = { bus: 1, device: 4 };
  assert.throws(() => pciAddress(usb), {
    message: "Cannot write a PCI address: an address with device is none of PCI",
  });
  assert.throws(() => pciAddress(undefined as never), TypeError);
});
