import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { inIpRange, isIp } from "../../src/index.ts";

/** What some programs read as an address, and what is near to one. */
const NO_ADDRESSES = [
  ..."1|10.1|10.0.1|0x7f.1|0x7f000001|010.0.0.1|10.0.0.01|256.0.0.1|1.2.3.4.5|1.2.3|1.2.3.4/32| 1.2.3.4|1.2.3.4 ".split(
    "|",
  ),
  ..."|:|:::|1::2::3|1:2:3:4:5:6:7|1:2:3:4:5:6:7:8:9|12345::|g::|::1%eth0|fe80::1%1|[::1]|::ffff:1.2.3|::010.0.0.1".split(
    "|",
  ),
  "1.2.3.4\n",
  "\u0661.2.3.4",
];

test("isIp() accepts IPv4 in four decimal parts and IPv6, and nothing else", () => {
  for (const text of [
    "0.0.0.0",
    "255.255.255.255",
    "::",
    "::1",
    "2001:DB8::1",
    "::ffff:10.0.0.1",
    "64:ff9b::1.2.3.4",
  ]) {
    assert.equal(isIp(text), true, text);
  }
  for (const text of NO_ADDRESSES) assert.equal(isIp(text), false, JSON.stringify(text));
  assert.equal(isIp(undefined as unknown as string), false);
});

test("isIp() agrees with Node on all texts that could be an address without a zone", () => {
  const part = fc.constantFrom("", ":", "::", ".", "0", "1", "01", "255", "256", "a", "ffff", "12345", "1.2.3.4");
  const text = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 16 }).map((parts) => parts.join("")),
    fc.array(part, { minLength: 6, maxLength: 9 }).map((parts) => parts.join(":")),
    fc.ipV4(),
    fc.ipV4Extended(),
    fc.ipV6(),
  );
  fc.assert(
    fc.property(text, (each) => assert.equal(isIp(each), isIP(each) !== 0)),
    { seed: 3, numRuns: 5000 },
  );
});

test("inIpRange() says whether an address lies in a range, or in one of several", () => {
  assert.equal(inIpRange("10.1.2.3", "10.0.0.0/8"), true);
  assert.equal(inIpRange("11.0.0.0", "10.0.0.0/8"), false);
  assert.equal(inIpRange("192.168.1.127", ["10.0.0.0/8", "192.168.1.0/25"]), true);
  assert.equal(inIpRange("192.168.1.128", ["10.0.0.0/8", "192.168.1.0/25"]), false);
  assert.equal(inIpRange("2001:db8:ffff::1", "2001:DB8::/32"), true);
  assert.equal(inIpRange("2001:db9::", "2001:db8::/32"), false);
  assert.equal(inIpRange("1.2.3.4", "0.0.0.0/0"), true);
  assert.equal(inIpRange("1.2.3.4", []), false);
});

test("inIpRange() takes an address for a range of one, and does not mind what stands behind the prefix", () => {
  assert.equal(inIpRange("10.0.0.1", "10.0.0.1"), true);
  assert.equal(inIpRange("10.0.0.2", "10.0.0.1"), false);
  assert.equal(inIpRange("0:0::1", "::1"), true);
  assert.equal(inIpRange("10.9.9.9", "10.1.2.3/8"), true);
});

test("inIpRange() takes an IPv6 address that stands for an IPv4 one for that one", () => {
  for (const ip of ["::ffff:10.0.0.1", "::FFFF:a00:1", "0:0:0:0:0:ffff:10.0.0.1"]) {
    assert.equal(inIpRange(ip, "10.0.0.0/8"), true, ip);
    assert.equal(inIpRange(ip, "::/0"), false, ip);
  }
  assert.equal(inIpRange("10.0.0.1", "::ffff:10.0.0.0/104"), true);
  assert.equal(inIpRange("11.0.0.1", "::ffff:10.0.0.0/104"), false);
  assert.equal(inIpRange("10.0.0.1", "::ffff:10.0.0.1"), true);
  assert.throws(() => inIpRange("10.0.0.1", "::ffff:0:0/95"), { message: /its prefix has 96 to 128 bits$/ });
});

test("inIpRange() keeps IPv4 and IPv6 apart", () => {
  assert.equal(inIpRange("10.0.0.1", "::/0"), false);
  assert.equal(inIpRange("::a00:1", "10.0.0.0/8"), false);
});

test("inIpRange() throws at what is not an address, rather than answer", () => {
  for (const text of NO_ADDRESSES) {
    for (const ranges of ["10.0.0.0/8", []]) {
      assert.throws(() => inIpRange(text, ranges), { name: "TypeError", message: /is not an IP address$/ }, text);
    }
  }
});

test("inIpRange() throws at what is not a range, even where another holds the address", () => {
  const bad = [
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/08",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10/8",
    "::/129",
    "::/ 1",
    "/8",
    "",
  ];
  for (const range of [...bad, ...NO_ADDRESSES.filter((text) => text !== "1.2.3.4/32")]) {
    assert.throws(
      () => inIpRange("10.0.0.1", ["10.0.0.0/8", range]),
      { name: "TypeError", message: /is not a range/ },
      range,
    );
  }
  assert.throws(() => inIpRange("10.0.0.1", [undefined as unknown as string]), TypeError);
});
