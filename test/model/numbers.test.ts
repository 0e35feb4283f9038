import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import type { Domain } from "../../typings/domain.d.ts";
import { parse } from "./corpus.ts";

function domainOf(content: string): Domain {
  return buildModel(parse(`<domain type='kvm'>\n  ${content}\n</domain>`), "domain");
}

function addressOf(attributes: string) {
  return domainOf(`<devices><rng><address ${attributes}/></rng></devices>`).devices?.rng[0]?.address;
}

describe("numbers in a model", () => {
  it("are numbers, in attributes and in text", () => {
    assert.equal(domainOf("<vcpu current='2'>4</vcpu>").vcpu?.current, 2);
    assert.equal(domainOf("<iothreads>0</iothreads>").iothreads, 0);
    assert.equal(domainOf("<cputune><quota>-1</quota></cputune>").cputune?.quota, -1);
  });

  it("are text where 64 bits would not be exact", () => {
    assert.equal(domainOf("<memory>9007199254740991</memory>").memory?.value, 9007199254740991);
    assert.equal(domainOf("<memory>9007199254740993</memory>").memory?.value, "9007199254740993");
    assert.equal(domainOf("<memory>18446744073709551615</memory>").memory?.value, "18446744073709551615");
  });

  for (const text of ["007", "1e3", "+1", " 1", "1 ", "-0", "0x10", "1.0", "", "١", "two", "1\n"]) {
    it(`refuse ${JSON.stringify(text)}, which is not canonical, and say where`, () => {
      assert.throws(() => domainOf(`<vcpu>${text}</vcpu>`), {
        name: "DocumentError",
        code: "number",
        line: 2,
        column: 3,
      });
      assert.throws(() => domainOf(`<memory>${text}</memory>`), { code: "number", line: 2, column: 3 });
    });
  }

  it("refuse an attribute's text, naming the attribute", () => {
    assert.throws(() => domainOf("<vcpu current='04'>8</vcpu>"), {
      code: "number",
      line: 2,
      column: 3,
      message: /the attribute current of <vcpu>: "04" is not a number/,
    });
  });

  it("refuse a number too large to be exact where the schema says that it always fits", () => {
    assert.throws(() => domainOf("<vcpu>9007199254740993</vcpu>"), { code: "number" });
  });

  it("are text in hexadecimal, where the schema allows that beside decimal", () => {
    assert.deepEqual(addressOf("type='pci' domain='0x0000' bus='0x0a' slot='10' function='0'"), {
      type: "pci",
      domain: "0x0000",
      bus: "0x0a",
      slot: 10,
      function: 0,
    });
  });

  it("are text with a leading zero, where the schema allows hexadecimal too", () => {
    assert.deepEqual(addressOf("type='pci' bus='00' slot='010'"), { type: "pci", bus: "00", slot: "010" });
  });

  it("are refused where neither the decimal nor the hexadecimal form is right", () => {
    for (const bus of ["1e3", "+1", "-0", " 1", "00x"]) {
      assert.throws(() => addressOf(`type='pci' bus='${bus}'`), { code: "number" }, bus);
    }
  });

  it("are text where the schema has a pattern of digits: modes in octal, levels of a cache", () => {
    const { devices, cpu } = domainOf(`<cpu><cache level='3' mode='emulate'/></cpu>
      <devices><filesystem fmode='0644' dmode='755'/></devices>`);
    assert.equal(cpu?.cache?.level, "3");
    assert.equal(devices?.filesystem[0]?.fmode, "0644");
    assert.equal(devices?.filesystem[0]?.dmode, "755");
  });
});
