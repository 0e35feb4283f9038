import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

const SEEN = denied("CPU mode host-passthrough (at cpu/@mode)");

/** Names and values that mean something to JavaScript, to eyes, or to C. */
export const names: readonly DocumentAttempt[] = [
  small("names-of-objects", "has elements named __proto__, constructor, toJSON and so on", SEEN),
  small("attributes-of-objects", "has attributes named __proto__, constructor, toJSON and so on", SEEN),
  small("proto-as-prefix", "has prefixes named __proto__ and constructor", SEEN),
  small("proto-as-root", "is a <__proto__>", refused("1:1", "it starts with <__proto__>, not <domain>")),
  small("homoglyph", "has a decoy whose name looks like cpu", SEEN),
  small("homoglyph-value", "has a mode that looks like another", denied("CPU mode host-pаssthrough (at cpu/@mode)")),
  small("joiner-in-name", "has a decoy whose name holds an invisible character", SEEN),
  small("bidi-in-element-name", "turns an element's name around", refused("6:4", "disallowed character in tag name")),
  small(
    "bidi-in-value",
    "turns a terminal's text around",
    denied("CPU mode \\u{202e}hguorhtssap-tsoh\\u{2066} (at cpu/@mode)"),
  ),
  ...[
    small("number-octal", "has a number that is octal to some", refused("7:3", 'Cannot read <vcpu>: "010"')),
    small("number-scientific", "has a number in scientific notation", refused("7:3", 'Cannot read <vcpu>: "1e3"')),
    small("number-hexadecimal", "has a number in hexadecimal", refused("7:3", 'Cannot read <vcpu>: "0x10"')),
    small("number-with-space", "has a number with a space before it", refused("7:3", 'Cannot read <vcpu>: " 2"')),
    small("number-with-sign", "has a number with a plus", refused("7:3", 'Cannot read <vcpu>: "+2"')),
    small(
      "number-overflowing",
      "has a number that is 2 to C",
      refused("7:3", 'Cannot read <vcpu>: "18446744073709551618"'),
    ),
    small("number-in-other-digits", "has a number in Arabic digits", refused("7:3", "Cannot read <vcpu>")),
    small("number-with-text", "ends a number with a verdict of its own", refused("7:3", "Cannot read <vcpu>")),
  ],
];
