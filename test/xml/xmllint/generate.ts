import type { Random } from "./random.ts";

const NAMES = ["a", "disk", "source", "é", "_x-1.y", "constructor", "__proto__", "toString", "a\u1680b", "𐐀"];
const PREFIXES = ["", "", "", "p:", "q:", "xml:"];
const URIS = ["urn:p", "http://libvirt.org/schemas/domain/qemu/1.0", "urn:&#112;", "urn:q"];
const TEXTS = [
  ...["x", "007", " ", "\n  ", "\r\n", "\r", "\t", "&lt;", "&amp;lt;", "&#38;#60;", "&#x41;", "&#10;", "&#13;", "&#9;"],
  ...["&quot;", "&apos;", "]]", ">", "😀", "é", "\u0085", "\u2028", "\uFEFF", "\u1680", "=", "/", "a='b'"],
];
const PIECES = [
  ...[
    "<",
    ">",
    "/",
    "&",
    ";",
    "=",
    "'",
    '"',
    "]]>",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "]]",
    "]",
    "/>",
    "</",
    "<a>",
    "</a>",
  ],
  ...["<a/>", " a=''", " p:a=''", " xmlns=''", " xmlns='urn:d'", " xmlns:p='urn:p'", " xmlns:q='urn:p'", " xmlns:p=''"],
  ...[
    "p:",
    ":",
    "p:1",
    "&lt;",
    "&amp;",
    "&#0;",
    "&#x41;",
    "&#XA;",
    "&#65",
    "&nope;",
    "&#xD800;",
    "&#x10FFFF;",
    "&#xFFFE;",
  ],
  ...["\uFFFE", "\u0001", "\uFEFF", "\u1680", "\u00A0", "\u2028", "\u007F", "😀", "\r", "\r\n", "\n", "\t", " "],
  ...["<?x y?>", "<?xml version='1.0'?>", "<?xml version='1.1'?>", "<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b 'c'>]>"],
  ...[" encoding='utf-8'", " encoding='us-ascii'", " standalone='yes'", "1", "-", ".", "!", "?", "x"],
];

/** A small document that is well-formed, unless chance gave an element an attribute twice. */
export function generate(random: Random): string {
  const start = random.chance(20)
    ? random.pick(["<?xml version='1.0'?>", '<?xml version="1.0" encoding="UTF-8"?>\n'])
    : "";
  const around = () => (random.chance(20) ? random.pick(["\n", " ", "<!-- c -->", "\r\n"]) : "");
  const declarations = ` xmlns:p="${random.pick(URIS)}" xmlns:q='${random.pick(URIS)}'`;
  return start + around() + element(random, 3, declarations) + around();
}

/** The document with a few characters taken away, doubled, moved or put in. */
export function mutate(random: Random, document: string): string {
  let characters = [...document];
  for (let count = random.below(3); count > 0; count -= 1) {
    const at = random.below(characters.length + 1);
    const length = 1 + random.below(random.chance(30) ? 12 : 2);
    const slice = characters.slice(at, at + length);
    const change = random.below(5);
    if (change === 0) characters.splice(at, length);
    else if (change === 1) characters.splice(at, 0, ...slice);
    else if (change === 2) characters.splice(random.below(characters.length + 1), 0, ...characters.splice(at, length));
    else characters = [...characters.slice(0, at), random.pick(PIECES), ...characters.slice(at)];
  }
  return characters.join("");
}

function element(random: Random, depth: number, declarations: string): string {
  const name = random.pick(PREFIXES) + random.pick(NAMES);
  const inner = random.chance(15) ? random.pick([" xmlns='urn:d'", " xmlns=''", " xmlns:p='urn:p2'"]) : "";
  const tag = name + declarations + inner + attributes(random) + random.pick(["", "", " ", "\n"]);
  const children = Array.from({ length: random.below(4) }, () => child(random, depth)).join("");
  return children === "" && random.chance(70)
    ? `<${tag}/>`
    : `<${tag}>${children}</${name}${random.pick(["", "", " "])}>`;
}

function attributes(random: Random): string {
  return Array.from({ length: random.below(3) }, () => {
    const quote = random.pick(["'", '"']);
    const value = texts(random).replaceAll(quote, "");
    const equals = random.pick(["=", "=", " =", "=\n"]);
    return `${random.pick([" ", "\t", "\n "])}${random.pick(PREFIXES)}${random.pick(NAMES)}${equals}${quote}${value}${quote}`;
  }).join("");
}

function child(random: Random, depth: number): string {
  const kind = random.below(10);
  if (kind === 0) return `<!--${texts(random).replaceAll("-", "")}-->`;
  if (kind === 1) return `<![CDATA[${texts(random)}]]>`;
  return kind < 5 || depth === 0 ? texts(random).replaceAll("]]", "") : element(random, depth - 1, "");
}

function texts(random: Random): string {
  return Array.from({ length: random.below(4) }, () => random.pick(TEXTS)).join("");
}
