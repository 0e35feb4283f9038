import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

const DOCTYPE = "a DOCTYPE is not allowed";

/** What brings text from elsewhere, or grows by itself. */
export const doctypes: readonly DocumentAttempt[] = [
  small("doctype-plain", "has a DOCTYPE that does nothing", refused("1:1", DOCTYPE)),
  small("billion-laughs", "grows to gigabytes by nested entities", refused("1:1", DOCTYPE)),
  small("external-entity", "reads /etc/shadow into its text", refused("1:1", DOCTYPE)),
  small("external-dtd", "has the reader ask a server", refused("2:1", DOCTYPE)),
  small("parameter-entity", "reads a file into its own DTD", refused("1:1", DOCTYPE)),
  small("default-attribute", "declares the forbidden mode as the attribute's default", refused("1:1", DOCTYPE)),
  small("doctype-after-comment", "hides its DOCTYPE behind a comment that has one", refused("2:1", DOCTYPE)),
  small(
    "doctype-in-lower-case",
    "spells DOCTYPE so that only some readers know it",
    refused("1:9", "incorrect syntax"),
  ),
  small("undefined-entity", "names an entity that nobody declared", refused("7:24", "undefined entity")),
  small("stylesheet", "asks to be transformed first", refused("2:1", "a processing instruction is not allowed")),
  small(
    "processing-instruction",
    "hides the mode in a processing instruction",
    refused("6:8", "a processing instruction is not allowed"),
  ),
  small(
    "xinclude",
    "includes /etc/passwd; nobody may resolve that, and the rest is judged",
    denied("CPU mode host-passthrough (at cpu/@mode)"),
  ),
  small("declaration-later", "has its XML declaration on the second line", refused("2:6", "an XML declaration must")),
  small(
    "declaration-of-1.1",
    "says to be XML 1.1, which allows control characters",
    refused("8:19", "malformed character"),
  ),
];
