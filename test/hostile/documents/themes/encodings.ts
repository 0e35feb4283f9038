import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

const GUEST = "<domain><name>web1</name><cpu mode='host-passthrough'/></domain>";
const WIDE = refused("1:1", "it looks like UTF-16 or UTF-32");
const INVALID = "a byte sequence is invalid";

/** What is in another encoding than it says, or in none. */
export const encodings: readonly DocumentAttempt[] = [
  bytes("utf-16-marked", "is in UTF-16 and says so by its mark", WIDE, Buffer.from(`\ufeff${GUEST}`, "utf16le")),
  bytes(
    "utf-16-unmarked",
    "is in UTF-16, big end first, and says nothing",
    WIDE,
    Buffer.from(GUEST, "utf16le").swap16(),
  ),
  bytes("utf-32", "is in UTF-32", WIDE, Buffer.from([...GUEST].map((character) => `${character}\0\0\0`).join(""))),
  small("utf-7", "is in UTF-7, where no markup shows", refused("3:1", "text data outside of root node")),
  small("says-utf-7", "says to be in UTF-7", refused("1:21", "it says to be in UTF-7")),
  small("says-utf-16", "says to be in UTF-16, and is not", refused("1:21", "it says to be in UTF-16")),
  bytes(
    "latin-1",
    "is in Latin-1 and says so",
    refused("1:59", INVALID),
    Buffer.from(`<?xml version='1.0' encoding='ISO-8859-1'?><domain><title>\u00e9</title></domain>`, "latin1"),
  ),
  bytes(
    "latin-1-hidden",
    "is in Latin-1 and says UTF-8",
    refused("1:15", INVALID),
    Buffer.from(GUEST.replace("web1", "\u00e9"), "latin1"),
  ),
  bytes(
    "mark-twice",
    "has two byte order marks",
    refused("1:1", "it has two byte order marks"),
    `\ufeff\ufeff${GUEST}`,
  ),
  bytes("mark-once", "has a byte order mark", denied("CPU mode host-passthrough (at cpu/@mode)"), `\ufeff${GUEST}`),
  bytes(
    "mark-inside",
    "has a byte order mark inside a name",
    denied("name \\u{feff}web1 (at name)"),
    GUEST.replace("<name>", "<name>\ufeff").replace(/<cpu.*\/>/, ""),
  ),
  bytes("overlong", "writes < in two bytes", refused("1:1", INVALID), raw([0xc0, 0xbc], GUEST.slice(1))),
  bytes(
    "overlong-in-name",
    "writes a slash in three bytes",
    refused("1:15", INVALID),
    raw("<domain><name>", [0xe0, 0x80, 0xaf], "</name></domain>"),
  ),
  bytes(
    "surrogates",
    "writes a character as two surrogates of three bytes",
    refused("1:15", INVALID),
    raw("<domain><name>", [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80], "</name></domain>"),
  ),
  bytes("nul-in-name", "ends a name for C", refused("1:19", "disallowed character"), GUEST.replace("web1", "web1\0")),
  bytes(
    "nul-after-end",
    "ends for C before its second root",
    refused("1:65", "disallowed character"),
    `${GUEST}\0<domain/>`,
  ),
  bytes("nul-at-start", "is empty for C", WIDE, `\0\0${GUEST}`),
  bytes(
    "cut-in-a-character",
    "ends in the middle of a character",
    refused("1:15", INVALID),
    raw("<domain><name>", [0xe2, 0x82]),
  ),
  bytes(
    "lone-control",
    "has a control character",
    refused("1:15", "disallowed character"),
    GUEST.replace("web1", "\u001b[2J"),
  ),
];

function bytes(
  name: string,
  attempts: string,
  outcome: DocumentAttempt["outcome"],
  document: string | Uint8Array,
): DocumentAttempt {
  return { name, attempts, document: () => document, outcome };
}

function raw(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from([...part]))));
}
