import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { element, generated } from "./house.ts";

describe("generate() documents", () => {
  const schema =
    element(`<element name="door"><attribute name="colour"><choice><value>red</value><value>green</value></choice></attribute>
    <optional><attribute name="width"><data type="unsignedByte"/></attribute></optional>
    <optional><attribute name="code"><data type="string"><param name="pattern">[^*/]*/</param></data></attribute></optional></element>
    <zeroOrMore><element name="cat"><text/></element></zeroOrMore>`);

  it("which values a property may have, without ending the comment", () => {
    const { typings } = generated(schema);
    assert.match(typings, /\/\*\* `red` or `green`\. \*\/\n {2}readonly colour: /);
    assert.match(typings, /\/\*\* A whole number from 0 to 255\. \*\/\n {2}readonly width\?: number;/);
    assert.match(typings, /\/\*\* Text like `\[\^\*\\\/\]\*\\\/`\. \*\/\n {2}readonly code\?: string;/);
    assert.match(typings, /\/\*\* Every `<cat>`\. Any text\. \*\/\n {2}readonly cat: /);
  });

  it("what parts mean, by the longest key that ends their path", () => {
    const meanings = { "door/@colour": "The paint.", "@colour": "Any colour.", "house/door": "The way in." };
    const { typings } = generated(schema, meanings);
    assert.match(typings, /\/\*\* The paint\. `red` or `green`\. \*\/\n/);
    assert.match(typings, /\/\*\* `<door>` The way in\. \*\/\nexport interface HouseDoor/);
  });

  it("a shared type by its elements alone where they do not mean the same", () => {
    const cat = `<element name="cat"><attribute name="name"/></element>`;
    const schema =
      element(`<element name="attic">${cat}</element><element name="cellar"><attribute name="x"/>${cat}</element>
      <element name="dog"><attribute name="name"/></element>`);
    const meanings = {
      "attic/cat": "It hunts bats.",
      "cellar/cat": "It hunts mice.",
      "cat/@name": "Its call.",
      "dog/@name": "Its name.",
    };
    const { typings } = generated(schema, meanings);
    assert.match(typings, /\/\*\* It hunts bats\. \*\/\n {2}readonly cat: HouseName;/);
    assert.match(typings, /\/\*\* It hunts mice\. \*\/\n {2}readonly cat: HouseName;/);
    assert.match(
      typings,
      /\/\*\* `<dog>`, `<cat>` \*\/\nexport interface HouseName \{\n {2}\/\*\* `<dog>`: Its name\. `<cat>`: Its call\. Any text\. \*\//,
    );
  });
});
