import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

const ARGUMENTS = denied("QEMU arguments -runas (at qemu:commandline)");
const SEEN = denied("CPU mode host-passthrough (at cpu/@mode)");

/** What hides QEMU's arguments, or the mode, behind prefixes. */
export const namespaces: readonly DocumentAttempt[] = [
  small("qemu-arguments", "has QEMU's arguments under another prefix", ARGUMENTS),
  small("qemu-as-default", "has QEMU's arguments without a prefix", ARGUMENTS),
  small("qemu-uri-by-reference", "spells the namespace with references", ARGUMENTS),
  small("qemu-two-prefixes", "has QEMU's arguments under two prefixes", ARGUMENTS),
  small("qemu-prefix-rebound", "binds the prefix to another namespace for a while", ARGUMENTS),
  small("qemu-prefix-not-qemu", "has the prefix qemu for another namespace, which is none of QEMU's", SEEN),
  small(
    "attribute-twice-by-namespaces",
    "has an attribute twice under two prefixes",
    refused("7:64", "duplicate attribute"),
  ),
  small("prefix-undeclared", "uses a prefix that is not declared", refused("7:20", 'unbound namespace prefix: "qemu"')),
  small(
    "xml-prefix-rebound",
    "binds the prefix xml to another namespace",
    refused("1:36", "the prefix xml may only be bound"),
  ),
  small("xmlns-prefix-bound", "declares the prefix xmlns", refused("1:38", "the prefix xmlns may not be declared")),
  small("prefix-unbound-again", "takes a prefix back", refused("7:22", "may not be bound to nothing")),
  small(
    "cpu-of-a-stranger",
    "has a CPU that only libvirt would take for one",
    refused("6:3", "Cannot trust the document"),
    "qemu/restore",
  ),
  small(
    "mode-of-a-stranger",
    "has a mode that only libvirt would take for one",
    refused("6:3", "Cannot trust the document"),
    "qemu/restore",
  ),
  small("two-colons", "has two prefixes in one name", refused("6:52", "malformed name: x:y:cpu")),
];
