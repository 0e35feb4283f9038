import assert from "node:assert/strict";
import { test } from "node:test";
import type { XmlElement } from "../../typings/xml.d.ts";
import { assertRefused, parse } from "./helpers.ts";

const QEMU = "http://libvirt.org/schemas/domain/qemu/1.0";

function namesOf(element: XmlElement): string[] {
  const own = `{${element.namespace}}${element.name}`;
  return [own, ...element.children.flatMap((child) => (typeof child === "string" ? [] : namesOf(child)))];
}

test("an element is known by its namespace's URI, whatever the prefix", () => {
  for (const text of [
    `<d xmlns:qemu="${QEMU}"><qemu:commandline/></d>`,
    `<d><q:commandline xmlns:q='${QEMU}'/></d>`,
    `<d><commandline xmlns='${QEMU}'/></d>`,
    `<d><q:commandline xmlns:q='http://libvirt.org/schemas/domain/&#113;emu/1.0'></q:commandline></d>`,
  ]) {
    assert.deepEqual(namesOf(parse(text)), ["{}d", `{${QEMU}}commandline`], text);
  }
});

test("a namespace's URI is compared letter for letter, white space included", () => {
  assert.deepEqual(namesOf(parse("<a xmlns=' urn:x'/>")), ["{ urn:x}a"]);
  assert.deepEqual(namesOf(parse("<p:a xmlns:p='urn:x '/>")), ["{urn:x }a"]);
  assert.deepEqual(namesOf(parse("<p:a xmlns:p=' '><b xmlns='\u00A0'/></p:a>")), ["{ }a", "{\u00A0}b"]);
  assert.deepEqual(namesOf(parse("<p:a xmlns:p='http://www.w3.org/XML/1998/namespace&#10;'/>")), [
    "{http://www.w3.org/XML/1998/namespace\n}a",
  ]);
  assertRefused("<a xmlns:xml='http://www.w3.org/XML/1998/namespace '/>", "malformed", "1:52");
});

test("a namespace's name need not be a URI", () => {
  assert.deepEqual(namesOf(parse("<a xmlns='../%'><p:b xmlns:p='&lt;&amp;&quot;'/></a>")), ["{../%}a", '{<&"}b']);
});

test("declarations hold for the element and what is inside, and the innermost wins", () => {
  const text = "<a xmlns='urn:1' xmlns:p='urn:2'><p:b xmlns:p='urn:3'><p:c/></p:b><p:d/><e xmlns=''><f/></e><g/></a>";
  assert.deepEqual(namesOf(parse(text)), ["{urn:1}a", "{urn:3}b", "{urn:3}c", "{urn:2}d", "{}e", "{}f", "{urn:1}g"]);
});

test("attributes take no default namespace, and declarations are no attributes", () => {
  assert.deepEqual(parse("<a xmlns='urn:1' p:c='2' b='1' xmlns:p='urn:2' xml:lang='en'/>").attributes, [
    { name: "c", namespace: "urn:2", value: "2" },
    { name: "b", namespace: "", value: "1" },
    { name: "lang", namespace: "http://www.w3.org/XML/1998/namespace", value: "en" },
  ]);
});

test("the prefix xml may be declared as what it is", () => {
  assert.deepEqual(namesOf(parse("<xml:a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>")), [
    "{http://www.w3.org/XML/1998/namespace}a",
  ]);
});

test("prefixes may be called like what JavaScript's objects have", () => {
  assert.deepEqual(
    namesOf(parse("<__proto__:a xmlns:__proto__='urn:1'><constructor:b xmlns:constructor='urn:2'/></__proto__:a>")),
    ["{urn:1}a", "{urn:2}b"],
  );
  assert.deepEqual(parse("<a __proto__:constructor='1' xmlns:__proto__='urn:1' constructor='2'/>").attributes, [
    { name: "constructor", namespace: "urn:1", value: "1" },
    { name: "constructor", namespace: "", value: "2" },
  ]);
  assertRefused("<constructor:a/>", "malformed");
  assertRefused("<a toString:b=''/>", "malformed");
});

test("a prefix that is not bound is refused, though libxml2 only complains", () => {
  assertRefused("<a>\n <p:b/></a>", "malformed", "2:7");
  assertRefused("<a p:b=''/>", "malformed");
  assertRefused("<a><p:b xmlns:p='urn:1'/><p:c/></a>", "malformed");
});

test("an attribute twice is refused, also under two prefixes of one namespace", () => {
  assertRefused("<a b='' b=''/>", "malformed");
  assertRefused("<a xmlns:p='urn:1' xmlns:q='urn:1' p:b='' q:b=''/>", "malformed");
  assertRefused("<a xmlns:p='urn:1' xmlns:q='urn:2'><b xmlns:q='urn:&#49;' p:b='' q:b=''/></a>", "malformed");
  assertRefused("<a xml:b='' xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:b=''/>", "malformed");
  assertRefused("<a xmlns:p='urn:1' xmlns:p='urn:2'/>", "malformed");
  assertRefused("<a xmlns='urn:1' xmlns='urn:1'/>", "malformed");
  assert.equal(parse("<a xmlns='urn:1' xmlns:p='urn:1' p:b='' b=''/>").attributes.length, 2);
});

test("names with a colon too many, or nothing beside it, are refused", () => {
  for (const name of ["p:b:c", ":b", "p:", ":", "p:1", "p:-", "p:·"]) {
    assertRefused(`<a xmlns:p='urn:1'><${name}/></a>`, "malformed");
    assertRefused(`<a xmlns:p='urn:1' ${name}=''/>`, "malformed");
  }
  assertRefused("<a xmlns:1='urn:1'/>", "malformed");
});

test("what the reserved prefixes and namespaces may not do is refused", () => {
  for (const attribute of [
    "xmlns:xml='urn:1'",
    "xmlns:xmlns='urn:1'",
    "xmlns:xmlns='http://www.w3.org/2000/xmlns/'",
    "xmlns:p='http://www.w3.org/XML/1998/namespace'",
    "xmlns='http://www.w3.org/XML/1998/namespace'",
    "xmlns:p='http://www.w3.org/2000/xmlns/'",
    "xmlns='http://www.w3.org/2000/xmlns/'",
    "xmlns:p=''",
    "xmlns:='urn:1'",
  ]) {
    assertRefused(`<a ${attribute}/>`, "malformed");
  }
  assertRefused("<xmlns:a/>", "malformed");
});
