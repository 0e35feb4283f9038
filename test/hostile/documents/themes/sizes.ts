import { MAX_BYTES } from "../../../../src/xml/limits.ts";
import { type DocumentAttempt, denied, deniedAtLength, type Outcome, refused } from "../attempt.ts";
import { filled, guestOf, MIB, numbered, SEEN } from "../fill.ts";

/** What is as large or as deep as a document may be, or more, and is read in time. */
export const sizes: readonly DocumentAttempt[] = [
  big("text", "is 4 MiB of one text", denied(SEEN), () => filled("x", "<description>", "</description>")),
  big("attribute", "is 4 MiB of one attribute", denied(SEEN), () => filled("x", "<os x='", "'/>")),
  big("references", "is 1 MiB of references", deniedAtLength("title xxxxxxxx"), () =>
    filled("&#120;", "<title>", "</title>", MIB).replace(/<cpu.*?>/, ""),
  ),
  big("comments", "is 4 MiB of comments", denied(SEEN), () => filled("<!---->")),
  big("comment", "is one comment of 4 MiB", denied(SEEN), () => filled("x", "<!--", "-->")),
  big("sections", "is 1 MiB of CDATA sections", denied(SEEN), () =>
    filled("<![CDATA[x]]>", "<description>", "</description>", MIB),
  ),
  big("space", "is 1 MiB of line ends", denied(SEEN), () => filled("\r\n", "", "", MIB)),
  big("space-in-a-tag", "is 4 MiB of space in a tag", denied(SEEN), () => filled(" ", "<os", "/>")),
  big("digits", "is a number of 1 MiB", refused("1:70", "Cannot read <vcpu>"), () =>
    filled("9", "<vcpu>", "</vcpu>", MIB),
  ),
  big("less-than", "is 4 MiB of <", refused("1:71", "disallowed character in tag name"), () => filled("<")),
  big("brackets", "nearly ends CDATA half a million times", denied(SEEN), () =>
    filled("]]", "<description>", "</description>", MIB),
  ),
  big("names", "is 4 MiB of names of 40,000 characters", denied(SEEN), () => filled(`<${"n".repeat(40_000)}/>`)),
  big("elements", "is 20,000 elements", denied(SEEN), () => guestOf("<a/>".repeat(20_000))),
  big("attributes", "is 20,000 attributes of one element", denied(SEEN), () =>
    numbered((index) => ` a${index}=''`, "<os", "/>", 200_000),
  ),
  big("depth-512", "nests as deep as is read", denied(SEEN), () => guestOf(nested(511))),
  big("depth-513", "nests one deeper", refused("1:1603", "nest deeper than 512"), () => guestOf(nested(512))),
  big("depth-100000", "nests 100,000 deep", refused("1:1603", "nest deeper than 512"), () => guestOf(nested(100_000))),
  big("backing-chain", "is a disk on a chain of 250 images", denied(SEEN), () => {
    const image = "<backingStore type='file'><source file='/v/a'/>";
    const disk = image.repeat(250) + "</backingStore>".repeat(250);
    return guestOf(`<devices><disk type='file'><source file='/v/b'/>${disk}</disk></devices>`);
  }),
  big("too-large", "is one byte too large", refused("1:1", `it has ${MAX_BYTES + 1} bytes`), () => {
    const largest = filled("x", "<description>", "</description>");
    return largest.padEnd(MAX_BYTES + 1, "\n");
  }),
  big(
    "invalid-at-the-end",
    "is no UTF-8 in its last byte",
    refused(`1:${MAX_BYTES}`, "a byte sequence is invalid"),
    () => Buffer.concat([Buffer.from(`<domain>${"x".repeat(MAX_BYTES - 9)}`), Buffer.from([0xff])]),
  ),
];

function nested(levels: number): string {
  return "<a>".repeat(levels) + "</a>".repeat(levels);
}

function big(name: string, attempts: string, outcome: Outcome, document: () => string | Uint8Array): DocumentAttempt {
  return { name, attempts, document, outcome };
}
