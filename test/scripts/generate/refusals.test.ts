import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { element, grammar, typings } from "./house.ts";

describe("generate() refuses", () => {
  const refuses = (schema: string, message: RegExp) => assert.throws(() => typings(schema), { message });

  it("an attribute and an element of one name that the contract does not list", () => {
    refuses(element(`<attribute name="door"/><element name="door"><text/></element>`), /Cannot name house\/door/);
  });

  it("a name that the model has already given", () => {
    refuses(element(`<attribute name="value"/><text/>`), /two of them would be value/);
  });

  it("a reference that nothing defines", () =>
    refuses(element(`<ref name="roof"/>`), /Cannot resolve roof at house.rng:2/));

  it("a pattern that it does not know", () => {
    refuses(element(`<externalRef href="x"/>`), /the pattern externalRef at house.rng:2/);
  });

  it("definitions that do not say how to combine", () => {
    refuses(
      grammar(`<start><ref name="a"/></start><define name="a"><text/></define><define name="a"><empty/></define>`),
      /Cannot combine the definitions of a/,
    );
  });

  it("an attribute of any name, which the model has no place for", () => {
    refuses(element(`<attribute><anyName/><text/></attribute>`), /Cannot describe an attribute of any name/);
  });

  it("two namespaces with one prefix", () => {
    const wired = (host: string) => `<element name="line" ns="http://${host}/schemas/wire/1.0"><text/></element>`;
    refuses(
      element(wired("a.example") + wired("b.example")),
      /http:\/\/a\.example\/schemas\/wire\/1\.0 has the prefix wire too/,
    );
  });

  it("a pattern beside numbers that JavaScript would read differently", () => {
    for (const pattern of ["\\d+", "\\P{L}", "\\c", "a$|b", "[a-z-[aeiou]]", ".+"]) {
      const data = `<data type="string"><param name="pattern">${pattern}</param></data>`;
      refuses(
        element(`<attribute name="slot"><choice>${data}<data type="int"/></choice></attribute>`),
        /Cannot use the pattern/,
      );
    }
  });
});
