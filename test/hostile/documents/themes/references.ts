import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

const SEEN = denied("CPU mode host-passthrough (at cpu/@mode)");
const MALFORMED = "malformed character entity";

/** What is written as something else than it means: references, CDATA, comments. */
export const references: readonly DocumentAttempt[] = [
  small("reference-in-mode", "spells the mode with a reference", SEEN),
  small("reference-with-zeros", "spells the mode with references full of zeros", SEEN),
  small("reference-twice", "has a reference read twice", denied("CPU mode host-&#112;assthrough (at cpu/@mode)")),
  small(
    "reference-in-element-name",
    "spells an element's name with a reference",
    refused("6:5", "disallowed character in tag name"),
  ),
  small("reference-to-markup", "writes a decoy element by references, which make no markup", SEEN),
  small("surrogate-reference", "writes a character as two surrogates", refused("6:26", MALFORMED)),
  small("nul-reference", "ends a name for C by a reference to NUL", refused("2:16", MALFORMED)),
  small("huge-reference", "overflows a reference's number", refused("2:35", MALFORMED)),
  small("beyond-unicode", "references a character beyond Unicode", refused("2:22", MALFORMED)),
  small("newline-by-reference", "ends the mode with a line end", denied("CPU mode host-passthrough\\n (at cpu/@mode)")),
  small(
    "newline-in-attribute",
    "breaks the mode's line, which means a space",
    denied("CPU mode host-passthrough  (at cpu/@mode)"),
  ),
  small(
    "tab-in-attribute",
    "begins the mode with a tab, which means a space",
    denied("CPU mode host-passthrough (at cpu/@mode)"),
  ),
  small("cdata-decoy", "has a decoy element in CDATA before the real one", SEEN),
  small(
    "cdata-in-name",
    "writes a name in pieces with CDATA, where references mean nothing",
    denied("name web1&#33; (at name)"),
  ),
  small("cdata-unclosed", "hides the rest in CDATA without an end", refused("9:1", "unclosed tag: domain")),
  small("cdata-end-in-text", "ends CDATA that never began", refused("7:18", "is disallowed in char data")),
  small("comment-decoy", "has a decoy element in a comment before the real one", SEEN),
  small("comment-in-name", "splits a name by a comment", denied("name web!1 (at name)")),
  small(
    "comment-with-hyphens",
    "hides the mode where readers see a comment end differently",
    refused("6:10", "malformed comment"),
  ),
  small("comment-unclosed", "hides the rest in a comment without an end", refused("9:1", "unclosed tag: domain")),
];
