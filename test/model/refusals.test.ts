import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import { parse } from "./corpus.ts";

describe("buildModel() refuses", () => {
  it("a document of another kind", () => {
    const expected = { name: "DocumentError", code: "wrong-root", line: 2, column: 1 };
    assert.throws(() => buildModel(parse("\n<network/>"), "domain"), expected);
    assert.throws(() => buildModel(parse("\n<domain xmlns='urn:other'/>"), "domain"), expected);
  });

  it("a second one of what can be there once, at its place", () => {
    const text = "<domain>\n <os/>\n <name>a</name>\n <name>b</name>\n</domain>";
    assert.throws(() => buildModel(parse(text), "domain"), {
      code: "repeated",
      line: 4,
      column: 2,
      message: /<domain>: it holds a second name/,
    });
  });

  it("a second one deep inside", () => {
    const text = "<domain><devices><disk><source file='/a'/>\n<source file='/b'/></disk></devices></domain>";
    assert.throws(() => buildModel(parse(text), "domain"), { code: "repeated", line: 2, column: 1 });
  });

  it("an attribute and an element of one name where no definition has both, if no type tells which", () => {
    const text = `<domain><devices><interface>
<source address='1.2.3.4'><address type='pci'/></source></interface></devices></domain>`;
    assert.throws(() => buildModel(parse(text), "domain"), { code: "repeated", line: 2, column: 27 });
  });
});

describe("readHookData()", () => {
  it("gives the network, and the port where there is one", () => {
    const network = "<network><name>default</name></network>";
    assert.equal(readHookData(parse(`<hookData>${network}</hookData>`)).network.name, "default");
    assert.equal(readHookData(parse(`<hookData>${network}</hookData>`)).port, undefined);
    const port = "<networkport><owner><name>guest</name></owner></networkport>";
    assert.equal(readHookData(parse(`<hookData>${network}${port}</hookData>`)).port?.owner.name, "guest");
  });

  it("refuses another document", () => {
    assert.throws(() => readHookData(parse("<network/>")), { code: "wrong-root", line: 1, column: 1 });
    assert.throws(() => readHookData(parse("<hookData><networkport/></hookData>")), { code: "wrong-root" });
  });

  it("refuses a second network or port", () => {
    assert.throws(() => readHookData(parse("<hookData><network/>\n<network/></hookData>")), {
      code: "repeated",
      line: 2,
    });
    const ports = "<hookData><network/><networkport/>\n<networkport/></hookData>";
    assert.throws(() => readHookData(parse(ports)), { code: "repeated", line: 2, column: 1 });
  });
});
