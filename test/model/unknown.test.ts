import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import { UnknownParts } from "../../src/model/unknown-content.ts";
import { parse, readCorpus } from "./corpus.ts";

function unknownIn(content: string): UnknownParts {
  const unknown = new UnknownParts();
  buildModel(parse(`<domain type='kvm' xmlns:x='urn:x'>\n${content}</domain>`), "domain", unknown);
  return unknown;
}

describe("buildModel() notes what the schema does not know", () => {
  it("of attributes, elements and text, each with its place", () => {
    assert.deepEqual(
      unknownIn("<cpu mode='custom' colour='red'/>\n<os><type>hvm</type><boots/></os>\n<pm>soon</pm>").content,
      {
        count: 3,
        first: ["cpu/@colour at 2:1", "os/boots at 3:21", "pm/text() at 4:1"],
      },
    );
  });

  it("of an element that may have text alone", () => {
    assert.deepEqual(unknownIn("<title lang='en'>a <b>guest</b></title>").content, {
      count: 2,
      first: ["title/@lang at 2:1", "title/b at 2:20"],
    });
  });

  it("where only another case of the element has it, and a value is read as there", () => {
    const unknown = new UnknownParts();
    const text = "<domain><devices><graphics type='sdl' port='5900'/></devices></domain>";
    const { devices } = buildModel(parse(text), "domain", unknown);
    assert.deepEqual(devices?.graphics, [{ type: "sdl", port: 5900 }]);
    assert.deepEqual(unknown.content, { count: 1, first: ["graphics/@port at 1:18"] });
    const uncanonical = text.replace("5900", "05900");
    assert.throws(() => buildModel(parse(uncanonical), "domain"), { code: "number", column: 18 });
  });

  it("of values that an enumeration lacks, which stay in the model", () => {
    const text = "<domain type='newhv'><os><type>soft</type></os><devices><disk type='s3'/></devices></domain>";
    const unknown = new UnknownParts();
    const { type, devices } = buildModel(parse(text), "domain", unknown);
    assert.equal(type, "newhv");
    assert.deepEqual(devices?.disk, [{ type: "s3" }]);
    const first = ["value of domain/@type at 1:1", "value of type/text() at 1:26", "value of disk/@type at 1:57"];
    assert.deepEqual(unknown.content, { count: 3, first });
  });

  it("of text where only other cases of the element have text: there the value is empty", () => {
    const unknown = new UnknownParts();
    const text = "<domain><os><type>hvm</type><nvram type='file'>/n<source file='/x'/></nvram></os></domain>";
    const { os } = buildModel(parse(text), "domain", unknown);
    assert.deepEqual(os?.nvram, { type: "file", source: { file: "/x", seclabel: [] }, value: "" });
    assert.deepEqual(unknown.content, { count: 1, first: ["nvram/text() at 1:29"] });
  });

  it("where another shape of the element's parent has it", () => {
    const disk = "<devices><disk type='file'><source file='/f' dev='/d'/></disk></devices>";
    assert.deepEqual(unknownIn(disk).content, { count: 1, first: ["source/@dev at 2:28"] });
  });

  it("but nothing of what a schema-valid document holds, foreign metadata included", () => {
    assert.equal(unknownIn("<metadata><x:a b='c'>text<d/></x:a></metadata>").content, undefined);
    for (const { name, root } of readCorpus("guests")) {
      const unknown = new UnknownParts();
      buildModel(root, "domain", unknown);
      assert.equal(unknown.content, undefined, name);
    }
    for (const { name, root } of readCorpus("networks")) {
      const unknown = new UnknownParts();
      readHookData(root, unknown);
      assert.equal(unknown.content, undefined, name);
    }
  });

  it("names a few and counts the rest, and cuts long names", () => {
    const { count, first } = unknownIn(`<${"n".repeat(80)}/>${"<later/>".repeat(9)}`).content ?? assert.fail();
    assert.equal(count, 10);
    assert.deepEqual(first, [
      `domain/${"n".repeat(64)}… at 2:1`,
      ...[84, 92, 100, 108].map((column) => `domain/later at 2:${column}`),
    ]);
  });

  it("and which part libvirt may take for its own because of its name", () => {
    assert.deepEqual(unknownIn("<cpu x:mode='host-passthrough'/>").lookalike, {
      part: "cpu/@{urn:x}mode",
      line: 2,
      column: 1,
    });
    assert.deepEqual(unknownIn("<x:title/>").lookalike, { part: "domain/{urn:x}title", line: 2, column: 1 });
    assert.equal(unknownIn("<x:colour/><cpu x:colour='red'/>").lookalike, undefined);
  });
});

describe("readHookData() notes", () => {
  it("what else the document holds", () => {
    const unknown = new UnknownParts();
    readHookData(parse("<hookData a='1'><network><name>n</name></network><later/>text</hookData>"), unknown);
    assert.deepEqual(unknown.content, {
      count: 3,
      first: ["hookData/@a at 1:1", "hookData/later at 1:50", "hookData/text() at 1:1"],
    });
  });
});
