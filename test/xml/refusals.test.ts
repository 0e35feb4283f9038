import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRefused, parse } from "./helpers.ts";

test("nothing, or nothing but white space, is refused as empty", () => {
  assertRefused("", "empty", "1:1");
  assertRefused("\uFEFF", "empty", "1:1");
  assertRefused(" \r\n\t ", "empty", "1:1");
});

test("what is not UTF-8 is refused where it first is not", () => {
  assertRefused(Buffer.from("\uFEFF<a/>", "utf16le"), "encoding", "1:1");
  assertRefused(Buffer.from("\uFEFF<a/>", "utf16le").swap16(), "encoding", "1:1");
  assertRefused(Buffer.from("<a/>", "utf16le"), "encoding", "1:1");
  assertRefused(Buffer.from("<?xml version='1.0' encoding='UTF-16'?><a/>", "utf16le").swap16(), "encoding", "1:1");
  assertRefused(Buffer.from("\0\0\0<\0\0\0a\0\0\0/\0\0\0>"), "encoding", "1:1");
  assertRefused(Buffer.from("<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), "encoding", "1:1");
  assertRefused(Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>", "latin1"), "encoding", "1:47");
  assertRefused(Buffer.from("<a>\r\né\xe9</a>", "latin1"), "encoding", "2:1");
  assertRefused(Buffer.concat([Buffer.from("\uFEFF<a>\n😀é"), Buffer.from([0xff])]), "encoding", "2:3");
  for (const bytes of [
    [0xc0, 0xaf],
    [0xed, 0xa0, 0x80],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x82],
    [0x80],
    [0xe0, 0x80, 0x80],
  ]) {
    assertRefused(Buffer.concat([Buffer.from("<a>"), Buffer.from(bytes), Buffer.from("</a>")]), "encoding", "1:4");
  }
  assertRefused(Buffer.concat([Buffer.from("<a/>"), Buffer.from([0xe2, 0x82])]), "encoding", "1:5");
});

test("a document that says to be in another encoding is refused", () => {
  for (const encoding of ["UTF-16", "ISO-8859-1", "us-ascii", "UTF-7", "utf_8", "nope"]) {
    assertRefused(`<?xml version="1.0" encoding="${encoding}"?><a/>`, "encoding", "1:21");
  }
});

test("a second byte order mark is refused", () => {
  assertRefused("\uFEFF\uFEFF<a/>", "malformed", "1:1");
});

test("a DOCTYPE is refused, whatever it holds", () => {
  assertRefused("<!DOCTYPE a><a/>", "doctype", "1:1");
  assertRefused("<?xml version='1.0'?>\n<!-- <!DOCTYPE a> -->\n <!DOCTYPE a SYSTEM 'x'><a/>", "doctype", "3:2");
  assertRefused("<!DOCTYPE a [<!ENTITY b 'c'><!-- ]> -->]><a>&b;</a>", "doctype", "1:1");
  assertRefused(`<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>`, "doctype", "1:1");
  assertRefused("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "doctype", "1:1");
  assertRefused("<a/><!DOCTYPE a>", "malformed");
  assertRefused("<!doctype a><a/>", "malformed");
  assertRefused("<!DOCTYPE a [", "malformed");
});

test("a processing instruction is refused wherever it stands", () => {
  assertRefused("<?x y?><a/>", "processing-instruction", "1:1");
  assertRefused("<?xml version='1.0'?><?xml-stylesheet href='x'?><a/>", "processing-instruction", "1:22");
  assertRefused("<a>one<!-- <?x?> -->\ntwo <?x <?y ?></a>", "processing-instruction", "2:5");
  assertRefused("<a/>\n<?x?>", "processing-instruction", "2:1");
});

test("an XML declaration that is broken or not at the very start is refused", () => {
  for (const start of [
    " <?xml version='1.0'?>",
    "<!----><?xml version='1.0'?>",
    "<?xml version='1.0'?><?xml version='1.0'?>",
    "<?xml?>",
    "<?xml encoding='utf-8'?>",
    "<?xml version='2.0'?>",
    "<?xml version=1.0?>",
    "<?xml version='1.0'encoding='utf-8'?>",
    "<?xml version='1.0' standalone='yes' encoding='utf-8'?>",
    "<?xml version='1.0' standalone='maybe'?>",
    "<?xml version='1.0' encoding=''?>",
    "<?xml version='1.0' encoding=' utf-8'?>",
    "<?xml version='1.0'standalone='yes'?>",
    "<?xml version='1.0' encoding='UTF-16\"?>",
    "<?xml version='1.0'? >",
    "<?xml version='1.0' other='x'?>",
    "<?xml version='1.0'>",
    "<?XML version='1.0'?>",
  ]) {
    assertRefused(`${start}<a/>`, "malformed");
  }
});

test("characters that XML 1.0 forbids are refused where they stand", () => {
  for (const character of ["\0", "\u0001", "\b", "\v", "\f", "\u001F", "\uFFFE", "\uFFFF"]) {
    assertRefused(`<a>\n😀${character}</a>`, "malformed", "2:2");
    assertRefused(`<a b='${character}'/>`, "malformed", "1:7");
    assertRefused(`<a><!--${character}--></a>`, "malformed", "1:8");
    assertRefused(`<a><![CDATA[${character}]]></a>`, "malformed", "1:13");
    assertRefused(`<?xml version='1.1'?><a>${character}</a>`, "malformed", "1:25");
  }
  assertRefused("<a/>\0", "malformed", "1:5");
});

test("what is not well-formed is refused with its place", () => {
  assertRefused("<a>\n  <b>\n</a>", "malformed", "3:4");
  assertRefused("<a>\n<b></b>", "malformed", "2:8");
  assertRefused("<a/><b/>", "malformed", "1:7");
  assertRefused("<a></b>", "malformed", "1:7");
  assertRefused("<a/></a>", "malformed", "1:8");
  assertRefused("text", "malformed", "1:5");
  assertRefused("<a/>text", "malformed", "1:9");
  assertRefused("text<a/>", "malformed", "1:5");
  assertRefused("<a>]]></a>", "malformed", "1:6");
  assertRefused("<a>]]]></a>", "malformed", "1:7");
});

test("every other kind of malformed document is refused", () => {
  for (const text of [
    "<",
    "<a",
    "<a>",
    "</a>",
    "<a b/>",
    "<a b=c/>",
    "<a b='x/>",
    "<a b='<'/>",
    "<a b='1'c='2'/>",
    "<a b='1' c='2' b='3'/>",
    "<a / >",
    "<a/ >",
    "< a/>",
    "<a></ a>",
    "<a></a b=''>",
    "<a></A>",
    "<1/>",
    "<-a/>",
    "<a 1=''/>",
    "<a><b></a></b>",
    "<![CDATA[x]]><a/>",
    "<a/><![CDATA[x]]>",
    "<a><![CDATA[x]]</a>",
    "<a><![cdata[x]]></a>",
    "<a><!-- -- --></a>",
    "<a><!-- ---></a>",
    "<a><!--></a>",
    "<a><!x></a>",
    "<a/><!--",
    "<!-- only -->",
    "<?xml version='1.0'?>",
    "<a\u00A0b=''/>",
    "<a\u2028/>",
  ]) {
    assertRefused(text, "malformed");
  }
});

test("an error's message says what failed and why, and leaves the place to its line and column", () => {
  assert.throws(() => parse("<a>\n&nope;</a>"), {
    name: "DocumentError",
    code: "malformed",
    message: "Cannot read the document: it is not well-formed: undefined entity",
    line: 2,
    column: 6,
  });
});
