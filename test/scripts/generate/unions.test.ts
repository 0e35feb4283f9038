import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { element, generated, typings } from "./house.ts";

const value = (name: string, ...values: readonly string[]) =>
  `<attribute name="${name}"><choice>${values.map((each) => `<value>${each}</value>`).join("")}</choice></attribute>`;

describe("generate() describes", () => {
  it("an attribute that decides what else there is as a union, which narrows", () => {
    const text = typings(
      element(`<optional><attribute name="colour"/></optional><choice>
        <group><optional><attribute name="type"><value>flat</value></attribute></optional><element name="lift"><text/></element></group>
        <group><attribute name="type"><choice><value>villa</value><value>castle</value></choice></attribute>
          <element name="garden"><attribute name="size"/></element></group>
      </choice>`),
    );
    assert.match(text, /export type House =\n {2}\| HouseFlat\n {2}\| HouseVillaCastle;/);
    assert.match(text, /interface HouseCommon \{\n {2}readonly colour\?: string;\n\}/);
    assert.match(
      text,
      /interface HouseFlat extends HouseCommon \{\n {2}readonly type\?: "flat";\n {2}readonly lift: string;\n\}/,
    );
    assert.match(text, /readonly type: "villa" \| "castle";\n {2}readonly garden: HouseVillaCastleGarden;\n\}/);
  });

  it("an attribute whose values decide nothing but each other's values as no union", () => {
    const text = typings(
      element(`<choice>
        <group><attribute name="type"><value>flat</value></attribute><attribute name="roof"><value>none</value></attribute></group>
        <group><attribute name="type"><value>villa</value></attribute><attribute name="roof"><value>red</value></attribute></group>
      </choice>`),
    );
    assert.match(
      text,
      /interface House \{\n {2}readonly type: "flat" \| "villa";\n {2}readonly roof: "none" \| "red";\n\}/,
    );
  });

  it("the absence of the deciding attribute as a case of its own", () => {
    const text = typings(
      element(`<choice>
        <group>${value("type", "flat")}<element name="lift"><text/></element></group>
        <group>${value("type", "villa")}<element name="garden"><text/></element></group>
        <element name="tent"><text/></element>
      </choice>`),
    );
    assert.match(
      text,
      /interface HouseWithoutType \{\n {2}readonly type\?: undefined;\n {2}readonly tent: string;\n\}/,
    );
  });

  it("a case of many values as the other one, and equal cases as one", () => {
    const group = (garden: string, ...types: readonly string[]) => `<group>${value("type", ...types)}${garden}</group>`;
    const garden = `<element name="garden"><attribute name="size"/></element>`;
    const text = typings(
      element(
        `<choice>${group("", "flat", "hut", "tent", "van")}${group(garden, "villa")}${group(garden, "castle")}</choice>`,
      ),
    );
    assert.match(text, /export type House =\n {2}\| HouseOther\n {2}\| HouseVillaCastle;/);
  });

  it("a deciding attribute wherever it stands among other parts", () => {
    const text = typings(
      element(`<interleave><element name="roof"><text/></element><choice>
        <group><optional><attribute name="colour"/></optional><group>${value("type", "flat")}<element name="lift"><text/></element></group></group>
        <group><oneOrMore><choice>${value("type", "villa")}<element name="garden"><text/></element></choice></oneOrMore></group>
      </choice></interleave>`),
    );
    assert.match(text, /interface HouseCommon \{\n {2}readonly roof: string;\n\}/);
    assert.match(
      text,
      /interface HouseFlat extends HouseCommon \{\n {2}readonly type: "flat";\n {2}readonly colour\?: string;\n {2}readonly lift: string;\n\}/,
    );
    assert.match(
      text,
      /interface HouseVilla extends HouseCommon \{\n {2}readonly type\?: "villa";\n {2}readonly garden: readonly string\[\];\n\}/,
    );
  });

  it("the element's property by the attribute's name that a case has beside it", () => {
    const text = typings(
      element(`<element name="controller"><choice>
        <group>${value("type", "usb")}<attribute name="model"/></group>
        <group>${value("type", "pci")}<attribute name="model"/><element name="model"><attribute name="name"/></element></group>
      </choice></element>`),
    );
    assert.match(text, /"pci";\n {2}readonly modelElement: HouseControllerPciModel;/);
  });

  it("text that only some cases have as empty in the others, in the table too", () => {
    const { typings: text, table } = generated(
      element(`<choice><group>${value("type", "flat")}<element name="lift"><text/></element></group>
        <group>${value("type", "hut")}<text/></group></choice>`),
    );
    assert.match(
      text,
      /type: "flat";\n(?: {2}\/\*\*.*\n)? {2}readonly lift: string;\n(?: {2}\/\*\*.*\n)? {2}readonly value: "";/,
    );
    assert.match(table, /"elements":\{"lift":\d+\},"textless":true/);
  });
});
