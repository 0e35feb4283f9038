/** What generated documents are made of, and what mutations put in: all that two XML readers may see differently. */

export const NAMES = [
  ...["a", "b", "disk", "source", "_x-1.y", "xmlns", "xml", "XMLx", "id", "space", "lang", "base", "__proto__"],
  ...["constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "length", "text", "é", "名前", "a·"],
  ...["a\u0300", "a\u203F", "\u1680", "a\u1680b", "\uFEFFa", "a\uFEFF", "𐐀", "a𐐀", "\u{EFFFF}", "\u2070", "\u3001"],
  ...["\uFDF0", "\uFFFD"],
];

export const PREFIXES = ["p", "q", "é", "__proto__", "constructor", "toString", "𐐀", "xmlnsp"];

export const URIS = ["urn:p", "urn:q", "urn:&#112;", "urn:&#x70;", "http://libvirt.org/schemas/domain/qemu/1.0"];

/** Relative ones, and what is no URI at all: these have no canonical form. */
export const ODD_URIS = [
  ...["relative", "../up", "#", "%", "urn:%41", "http://[::1]/", "urn:p\u00E9", " urn:p", "urn:p ", "urn:p\n"],
  ...["urn:&amp;", "urn:&#10;", "__proto__", "http://www.w3.org/XML/1998/namespac", "http://www.w3.org/2000/xmlns"],
];

export const RESERVED_URIS = [
  ...["", " ", "\t", "\u00A0", "\uFEFF", "http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/"],
  ...[
    "http://www.w3.org/XML/1998/namespace ",
    " http://www.w3.org/2000/xmlns/",
    "http://www.w3.org/XML/1998/namespac&#101;",
  ],
];

/** Pieces of text that may stand in text, CDATA, a comment or an attribute's value. */
export const TEXTS = [
  ...["x", "007", "1e3", " ", "  ", "\n", "\n  ", "\r\n", "\r", "\r\r\n", "\t", "=", "/", "/>", ">", "]", "]]", "} "],
  ...["!", "&lt;", "&gt;", "&amp;", "&quot;", "&apos;", "&amp;lt;", "&amp;#60;", "&#38;#60;", "&#38;amp;", "&#60;!--"],
  ...["😀", "é", "\u0085", "\u00A0", "\u1680", "\u2028", "\u2029", "\u3000", "\uFEFF", "\u007F", "\uFFFD"],
  ...["\u{10FFFD}", "a='b'", 'a="b"', "xmlns:p='urn:p'", "?>", "__proto__", "-", "#text", "\uD7FF", "\uE000"],
];

/** Code points at and beside the ends of what XML calls characters. */
export const CODE_POINTS = [
  ...[0x0, 0x1, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd, 0xe, 0x1f, 0x20, 0x22, 0x26, 0x27, 0x3c, 0x3e, 0x41, 0x7f, 0x80, 0x85],
  ...[0x9f, 0xa0, 0x2028, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfdd0, 0xfeff, 0xfffd, 0xfffe, 0xffff],
  ...[0x10000, 0x1fffe, 0x1ffff, 0x10fffe, 0x10ffff, 0x110000, 0xffffffff, 0x100000041, 2 ** 64 + 0x41],
];

export const BROKEN_REFERENCES = [
  ...["&", "&;", "&lt", "&#;", "&#x;", "&#X41;", "&#x4G;", "&#-1;", "&# 65;", "&#65", "& amp;", "&amp ;", "&nope;"],
  ...[
    "&AMP;",
    "&toString;",
    "&__proto__;",
    "&p:a;",
    "&#x41\n;",
    "&#x0000000000a;",
    "&#x0000000000000000000c000;",
    "&#+65;",
    "&#6٥;",
  ],
];

export const DECLARATIONS = [
  ...["<?xml version='1.0'?>", '<?xml version="1.0" encoding="UTF-8"?>\n', "<?xml version='1.0' encoding='utf-8' ?>"],
  ...["<?xml version='1.0' encoding='UTF8' standalone='yes'?>", "<?xml\tversion\r\n=\n'1.0'\t?>\r\n"],
  ...["<?xml version='1.1'?>", "<?xml version='1.0' standalone=\"no\" ?>", "<?xml version='1.25' ?>"],
];

export const ODD_DECLARATIONS = [
  ...["<?xml?>", "<?xml ?>", "<?xml version='1.'?>", "<?xml version='1'?>", "<?xml version='2.0'?>"],
  ...["<?xml version=''?>", "<?xml version='1.0a'?>", "<?xml version=' 1.0'?>", "<?xml version='1.0\"?>"],
  ...["<?xml version=1.0?>", "<?XML version='1.0'?>", "<?xml encoding='UTF-8'?>"],
  ...["<?xml version='1.0'encoding='UTF-8'?>", "<?xml version='1.0' encoding=''?>"],
  ...["<?xml version='1.0' encoding='utf_8'?>", "<?xml version='1.0' encoding='US-ASCII'?>"],
  ...["<?xml version='1.0' encoding='UTF-16'?>", "<?xml version='1.0' encoding='ISO-8859-1'?>"],
  ...["<?xml version='1.0' encoding='nope'?>", "<?xml version='1.0' encoding='8'?>"],
  ...["<?xml version='1.0' encoding='UTF-8' encoding='UTF-8'?>", "<?xml version='1.0' standalone='YES'?>"],
  "<?xml version='1.0' standalone='yes' encoding='UTF-8'?>",
  ...[
    "<?xml version='1.0' standalone='yes'standalone='no'?>",
    "<?xml version='1.1' encoding='UTF-8'standalone='no'?>",
    "<?xml version='1.0' x='y'?>",
  ],
  ...["<?xml version='1.0' ? >", "<?xml version='1.0'>", "<?xml version='1.0' encoding='UTF-8&#x20;'?>"],
  ...[" <?xml version='1.0'?>", "<?xmlversion='1.0'?>", "<?xml version='1.0'??>", "<?xml version&#61;'1.0'?>"],
];

/** Well-formed before the root element, and refused. */
export const REFUSED_MARKUP = [
  ...["<?x y?>", "<?xml-stylesheet href='x'?>", "<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b 'c'><!-- ]> -->]>"],
  "<!DOCTYPE a SYSTEM 'nowhere' [<!ATTLIST a b CDATA 'c'><?x ]>?>]>",
];

/** Markup and bytes that mutations put in anywhere. */
export const PIECES: readonly (string | readonly number[])[] = [
  ...["<", ">", "/", "&", ";", "=", "'", '"', "]]>", "<!--", "-->", "--", "--->", "<![CDATA[", "]]", "/>", "</", "<!"],
  ...["<?", "<a>", "</a>", "<a/>", "<p:a/>", "<a:b:c/>", "<xmlns:a/>", "<xml:a/>", "<:a/>", "<a:/>", "<p:1/>"],
  ...["< a/>", "<a / >", "<!---->", "<!-- - -->", "<!-->-->", "<!--<a>-->", "<![CDATA[]]>", "<![CDATA[<a>&amp;]]>"],
  ...["<![CDATA[]]]]>", "<![cdata[]]>", "<?x y?>", "<?xml version='1.0'?>", "<?xml-stylesheet ?>", "<!DOCTYPE a>"],
  ...["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]>", "<!ELEMENT a ANY>", "p:", ":"],
  ...["xmlns", "xml:", "\0", "\u0001", "\u0085", "\uFEFF", "\uFFFE", "\uFFFF", "\u00A0", "\u1680", "\u2028", "\u3000"],
  ...["\r", "\r\n", "\n", "\t", "\v", "\f", " ", "😀"],
  [0xff],
  [0x80],
  [0xc0, 0xaf],
  [0xe2, 0x82],
  [0xe0, 0x80, 0xaf],
  [0xed, 0xa0, 0x80],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  [0xef, 0xbf, 0xbe],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
];

/** What mutations put between an element's name and its end. */
export const IN_TAGS = [
  ...[" a=''", " a='1' a='2'", " p:a='' q:a=''", " xmlns:r='urn:p' r:a='' p:a=''", " b='&#10;\n\t'", " b='<'"],
  ...[" b='>'", " xmlns=''", " xmlns='urn:d'", " xmlns:p='urn:q'", " xmlns:p=''", " xmlns:xml='urn:p'"],
  ...[" xmlns:xmlns='urn:p'", " xmlns:xml='http://www.w3.org/XML/1998/namespace'", " xml:space='preserve'"],
  ...[" xml:lang=''", " xml:id='a'", " xmlns:='u'", " a", " a=", " a=b", " =''", " 'a'", " a=''b=''", " p:=''"],
  ...[" :a=''", " p:q:a=''", " p:1=''", "\n", "\u00A0", " __proto__=''"],
];
