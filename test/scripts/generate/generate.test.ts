import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { element, generated, grammar, typings } from "./house.ts";

describe("generate() describes", () => {
  it("attributes: required, optional, enumerated, numbers that fit and those that may not", () => {
    const text = typings(
      element(`
      <attribute name="number"><data type="unsignedShort"/></attribute>
      <optional><attribute name="size"><data type="unsignedLong"/></attribute></optional>
      <optional><attribute name="small"><data type="long"><param name="maxInclusive">9</param><param name="minInclusive">0</param></data></attribute></optional>
      <attribute name="kind"><choice><value>cottage</value><value> town  house </value></choice></attribute>
      <attribute name="mode"><data type="unsignedInt"><param name="pattern">[0-7]+</param></data></attribute>
      <attribute name="slot"><choice><data type="string"><param name="pattern">0x[0-9a-f]</param></data><data type="int"/></choice></attribute>
      <attribute name="floor"><choice><data type="int"/><value>attic</value></choice></attribute>
      <attribute name="protocol"><data type="string"><param name="pattern">(tcp)|(udp)</param></data></attribute>`),
    );
    for (const line of [
      "readonly number: number;",
      "readonly size?: number | string;",
      "readonly small?: number;",
      'readonly kind: "cottage" | "town house";',
      "readonly mode: string;",
      "readonly slot: number | string;",
      'readonly floor: number | "attic";',
      'readonly protocol: "tcp" | "udp";',
    ]) {
      assert.ok(text.includes(`  ${line}\n`), `${line} in\n${text}`);
    }
  });

  it("elements: text, text with attributes, nothing, lists", () => {
    const text = typings(
      element(`<interleave>
      <element name="name"><text/></element>
      <optional><element name="area"><attribute name="unit"/><data type="unsignedInt"/></element></optional>
      <optional><element name="empty"><empty/></element></optional>
      <zeroOrMore><element name="door"><attribute name="colour"/></element></zeroOrMore>
      <oneOrMore><choice><element name="cat"><text/></element><element name="dog"><text/></element></choice></oneOrMore>
      <group><element name="twin"><empty/></element><optional><element name="twin"><empty/></element></optional></group>
    </interleave>`),
    );
    for (const line of [
      "readonly name: string;",
      "readonly area?: HouseArea;",
      "readonly empty?: Readonly<Record<string, never>>;",
      "readonly door: readonly HouseDoor[];",
      "readonly cat: readonly string[];",
      "readonly dog: readonly string[];",
      "readonly twin: readonly Readonly<Record<string, never>>[];",
    ]) {
      assert.ok(text.includes(`  ${line}\n`), `${line} in\n${text}`);
    }
    assert.match(text, /interface HouseArea \{\n {2}readonly unit: string;\n {2}readonly value: number;\n\}/);
  });

  it("a choice as one shape, in which only what every branch requires is required", () => {
    const text = typings(
      element(`<choice>
      <group><attribute name="type"/><element name="lift"><text/></element></group>
      <group><attribute name="type"/><attribute name="garden"/></group>
      <notAllowed/>
    </choice>`),
    );
    assert.match(text, /type: string;\n {2}readonly garden\?: string;\n {2}readonly lift\?: string;/);
  });

  it("cycles, includes with overrides, and definitions that are combined", () => {
    const text = typings({
      "house.rng": grammar(`<start><ref name="house"/></start>
        <include href="parts/room.rng"><define name="colour"><attribute name="paint"/></define></include>
        <define name="extra" combine="choice"><attribute name="lock"/></define>`),
      "parts/room.rng": grammar(`
        <define name="house"><element name="house"><ref name="room"/></element></define>
        <define name="room"><element name="room">
          <ref name="colour"/><optional><ref name="extra"/></optional><zeroOrMore><ref name="room"/></zeroOrMore>
        </element></define>
        <define name="colour"><attribute name="colour"/></define>
        <define name="extra"><notAllowed/></define>`),
    });
    assert.match(
      text,
      /interface HouseRoom \{\n {2}readonly paint: string;\n {2}readonly lock\?: string;\n {2}readonly room: readonly HouseRoom\[\];\n\}/,
    );
  });

  it("namespaces by their conventional prefix, elements inside them included", () => {
    const text = typings(
      element(
        `<element name="line" ns="http://example.org/schemas/wire/1.0"><element name="arg"><attribute name="value"/></element></element>`,
      ),
    );
    assert.match(text, /readonly "wire:line": HouseWireLine;/);
    assert.match(text, /readonly "wire:arg": HouseWireLineArg;/);
  });

  it("an element that takes any other elements as their tree", () => {
    const text = typings(
      element(`<element name="metadata"><zeroOrMore><element><anyName/><text/></element></zeroOrMore></element>`),
    );
    assert.match(text, /interface HouseMetadata \{\n {2}readonly children: readonly XmlElement\[\];\n\}/);
    assert.match(text, /import type \{ XmlElement \} from ".\/xml.js";/);
  });

  it("equal shapes once, under one name, whatever their elements are called", () => {
    const alias = `<element name="alias"><attribute name="name"/></element>`;
    const text = typings(
      element(`<element name="a"><attribute name="x"/>${alias}</element><element name="b">${alias}</element>
      <element name="c">${alias}</element>`),
    );
    assert.equal(text.match(/readonly alias: HouseAlias;/g)?.length, 2);
    assert.equal(text.match(/interface HouseAlias /g)?.length, 1);
    assert.match(text, /readonly b: HouseB;\n {2}readonly c: HouseB;/);
  });

  it("the same schemas with the same text", () => {
    const schema = element(`<attribute name="a"/><element name="b"><attribute name="c"/></element>`);
    assert.deepEqual(generated(schema), generated(schema));
  });
});
