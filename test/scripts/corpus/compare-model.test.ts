import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareModel } from "../../../scripts/corpus/compare-model.ts";
import { parse } from "../../model/corpus.ts";

/** What the comparison says of a document and a model, each difference as one text. */
function compare(document: string, model: unknown): { found: number; missing: number; differences: string[] } {
  const { found, missing, differences } = compareModel(parse(document), model);
  return { found, missing, differences: differences.map(({ place, message }) => `${place}: ${message}`) };
}

describe("compareModel() finds nothing wrong", () => {
  it("where each attribute and text is at its place", () => {
    const document = `<domain type="kvm"><name>a</name><vcpu placement="static">2</vcpu><devices>
      <disk type="file"/><disk type="block"/></devices><os firmware="efi"><firmware/></os></domain>`;
    const model = {
      type: "kvm",
      name: "a",
      vcpu: { placement: "static", value: 2 },
      devices: { disk: [{ type: "file" }, { type: "block" }], interface: [] },
      os: { firmware: "efi", firmwareElement: {} },
    };
    assert.deepEqual(compare(document, model), { found: 7, missing: 0, differences: [] });
  });

  it("with libvirt's namespaces, whatever their prefixes", () => {
    const document = `<domain xmlns:q="http://libvirt.org/schemas/domain/qemu/1.0">
      <q:commandline><q:arg value="-S"/></q:commandline></domain>`;
    const model = { "qemu:commandline": { "qemu:arg": [{ value: "-S" }] } };
    assert.deepEqual(compare(document, model), { found: 1, missing: 0, differences: [] });
  });

  it("with empty text, and with white space that the model takes for layout or for text", () => {
    const document = "<domain><title/><memory>  </memory><description> </description><devices>\n</devices></domain>";
    const model = { title: "", memory: { value: "" }, description: " ", devices: {} };
    assert.deepEqual(compare(document, model), { found: 1, missing: 0, differences: [] });
  });

  it("with metadata as a tree", () => {
    const document = `<domain><metadata><o:x xmlns:o="urn:o" a="1">t</o:x></metadata></domain>`;
    const root = parse(document);
    const [metadata] = root.children;
    assert.ok(typeof metadata === "object");
    assert.deepEqual(compare(document, { metadata: { children: metadata.children } }), {
      found: 2,
      missing: 0,
      differences: [],
    });
  });
});

describe("compareModel() reports", () => {
  const cases: [what: string, document: string, model: unknown, missing: number, differences: string[]][] = [
    [
      "an attribute that is not there",
      `<domain id="1"/>`,
      {},
      1,
      [`domain/@id: is "1", and in the model domain.id is not there`],
    ],
    [
      "a value that is another",
      "<domain><vcpu>02</vcpu></domain>",
      { vcpu: 2 },
      1,
      [`domain/vcpu/text(): is "02", and in the model domain.vcpu is 2`],
    ],
    [
      "an element that is not there, with all its values",
      `<domain><os><type arch="x">hvm</type></os></domain>`,
      { os: {} },
      2,
      ["domain/os/type: is not in the model as domain.os.type"],
    ],
    [
      "an element without any value",
      "<domain><features><acpi/></features></domain>",
      { features: {} },
      0,
      ["domain/features/acpi: is not in the model as domain.features.acpi"],
    ],
    [
      "a second element where the model has one",
      "<domain><name>a</name><name>b</name></domain>",
      { name: "a" },
      1,
      ["domain/name[2]: is not in the model as domain.name"],
    ],
    [
      "elements in another order",
      `<domain><d n="1"/><d n="2"/></domain>`,
      { d: [{ n: "2" }, { n: "1" }] },
      2,
      [
        `domain/d[1]/@n: is "1", and in the model domain.d[0].n is "2"`,
        `domain/d[2]/@n: is "2", and in the model domain.d[1].n is "1"`,
      ],
    ],
    [
      "an element at the name that belongs to an attribute",
      "<domain><os><firmware/></os></domain>",
      { os: { firmware: {} } },
      0,
      [
        "domain/os/firmware: is not in the model as domain.os.firmwareElement",
        "domain.os.firmware: is {} in the model, and the document has no such",
      ],
    ],
    [
      "two parts of the document that share a property",
      `<domain><size unit="K" value="1">1</size></domain>`,
      { size: { unit: "K", value: 1 } },
      0,
      ["domain/size/text(): has domain.size.value in the model, as another part of the document has"],
    ],
    [
      "an element of a namespace that is not libvirt's",
      `<domain><name xmlns="urn:x">a</name></domain>`,
      { name: "a" },
      1,
      [
        `domain/{urn:x}name: is not in the model as domain["{urn:x}name"]`,
        `domain.name: is "a" in the model, and the document has no such`,
      ],
    ],
    [
      "metadata that is another tree",
      `<domain><metadata><x a="1"/></metadata></domain>`,
      { metadata: { children: [] } },
      1,
      ["domain/metadata: does not hold the same elements in the model as domain.metadata.children"],
    ],
    [
      "an attribute and a text of metadata itself",
      `<domain><metadata a="1">x</metadata></domain>`,
      { metadata: { children: [] } },
      2,
      [
        `domain/metadata/@a: is "1", and in the model domain.metadata.a is not there`,
        `domain/metadata/text(): is "x", and in the model domain.metadata.value is not there`,
      ],
    ],
    [
      "an item that the document does not have",
      "<domain><d/></domain>",
      { d: [{}, { n: "2" }] },
      0,
      [`domain.d[1]: is {"n":"2"} in the model, and the document has no such`],
    ],
  ];
  for (const [what, document, model, missing, differences] of cases) {
    it(what, () => {
      const comparison = compare(document, model);
      assert.deepEqual(comparison.differences, differences);
      assert.equal(comparison.missing, missing);
    });
  }
});
