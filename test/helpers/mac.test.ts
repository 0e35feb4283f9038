import assert from "node:assert/strict";
import { test } from "node:test";
import { isMac, macHasPrefix, sameMac } from "../../src/index.ts";

/** One address as people write it. */
const WRITTEN = ["52:54:00:ab:cd:ef", "52:54:00:AB:CD:EF", "52-54-00-ab-CD-ef", "5254.00AB.cdef"];

const NO_ADDRESSES = [
  ..."|52:54:00|52:54:00:ab:cd|52:54:00:ab:cd:ef:01|525400abcdef|52:54:0:ab:cd:ef|52:54:00:ab-cd:ef".split("|"),
  ..."52:54:00:ab:cd:eg| 52:54:00:ab:cd:ef|52:54:00:ab:cd:ef\n|52:54:00:ab:cd:ef:01:02".split("|"),
];

test("isMac() accepts 48 bits with the usual separators, and nothing else", () => {
  for (const text of WRITTEN) assert.equal(isMac(text), true, text);
  for (const text of NO_ADDRESSES) assert.equal(isMac(text), false, JSON.stringify(text));
  assert.equal(isMac(undefined as unknown as string), false);
});

test("sameMac() minds neither case nor separators", () => {
  for (const one of WRITTEN) for (const other of WRITTEN) assert.equal(sameMac(one, other), true, `${one} ${other}`);
  assert.equal(sameMac("52:54:00:ab:cd:ef", "52:54:00:ab:cd:ee"), false);
});

test("sameMac() throws at what is not an address, on either side", () => {
  for (const text of NO_ADDRESSES) {
    assert.throws(() => sameMac(text, "52:54:00:ab:cd:ef"), { name: "TypeError", message: /is not one$/ });
    assert.throws(() => sameMac("52:54:00:ab:cd:ef", text), TypeError);
  }
  assert.throws(() => sameMac("x", "x"), TypeError);
});

test("macHasPrefix() compares whole bytes, minding neither case nor separators", () => {
  for (const mac of WRITTEN) {
    for (const prefix of ["52", "52:54:00", "52-54-00", "52:54:00:AB", "52:54:00:ab:cd:ef"]) {
      assert.equal(macHasPrefix(mac, prefix), true, `${mac} ${prefix}`);
    }
    for (const prefix of ["54", "52:54:01", "52:54:00:ab:cd:ee"]) assert.equal(macHasPrefix(mac, prefix), false);
  }
});

test("macHasPrefix() throws at what is not an address or not the beginning of one", () => {
  for (const text of NO_ADDRESSES) {
    assert.throws(() => macHasPrefix(text, "52:54:00"), { name: "TypeError", message: /is not a MAC address$/ });
  }
  for (const prefix of ["", "5", "52:", "52:5", "5254", "52:54-00", ":52", "zz", "52:54:00:ab:cd:ef:01"]) {
    assert.throws(() => macHasPrefix("52:54:00:ab:cd:ef", prefix), {
      name: "TypeError",
      message: /is not the beginning/,
    });
  }
});
