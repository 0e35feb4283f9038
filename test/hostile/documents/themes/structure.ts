import { gzipSync } from "node:zlib";
import { type DocumentAttempt, denied, refused } from "../attempt.ts";
import { small } from "../files.ts";

/** What is not one well-formed document of the kind that the event has. */
export const structure: readonly DocumentAttempt[] = [
  small("element-unclosed", "leaves the mode's element open", refused("8:9", "unexpected close tag")),
  small("elements-crossed", "closes elements crosswise", refused("6:46", "unexpected close tag")),
  small("two-roots", "has the mode in a second document", refused("9:8", "only one root")),
  small("text-after-root", "goes on after its end", refused("9:1", "text data outside of root node")),
  small("attribute-twice", "has two modes: which one counts?", refused("6:50", "duplicate attribute: mode")),
  small("attribute-unquoted", "leaves the quotes out", refused("6:13", "unquoted attribute value")),
  small("attribute-in-end-tag", "has the mode in an end tag", refused("6:14", "disallowed character in closing tag")),
  small("element-in-attribute", "has an element in an attribute", refused("6:14", "disallowed character")),
  small("cpu-twice", "has two CPUs: which one counts?", refused("7:3", "it holds a second cpu")),
  small("name-twice", "has two names", refused("3:3", "it holds a second name")),
  small(
    "domain-in-domain",
    "has a whole guest inside the guest, which is not the guest",
    denied("CPU mode host-passthrough (at cpu/@mode)"),
  ),
  small("snapshot", "is a snapshot's document", refused("1:1", "it starts with <domainsnapshot>, not <domain>")),
  small("running-state", "is a state file's document", refused("1:1", "it starts with <domstatus>, not <domain>")),
  small("root-in-namespace", "is a guest of another namespace", refused("1:1", "<domain> of the namespace urn:virt")),
  small("upper-case", "spells its root in another case", refused("1:1", "it starts with <Domain>, not <domain>")),
  small(
    "network-alone",
    "is a guest's network at a guest's event",
    refused("1:1", "it starts with <network>, not <domain>"),
  ),
  small(
    "guest-alone",
    "is a guest at a network's event",
    refused("1:1", "it starts with <domain>, not <hookData>"),
    "network/port-created",
  ),
  small("comment-alone", "is nothing but a comment", refused("2:1", "must contain a root element")),
  small("json", "is JSON", refused("2:1", "text data outside of root node")),
  small("yaml", "is YAML", refused("3:1", "text data outside of root node")),
  {
    name: "empty",
    attempts: "is nothing",
    document: () => "",
    outcome: refused("1:1", "it is empty"),
  },
  {
    name: "white-space",
    attempts: "is nothing to see",
    document: () => " \r\n\t\n",
    outcome: refused("1:1", "it is empty"),
  },
  {
    name: "elf",
    attempts: "is a program",
    document: () => Buffer.from("7f454c4602010100000000000000000003003e0001000000", "hex"),
    outcome: refused("1:5", "disallowed character"),
  },
  {
    name: "gzip",
    attempts: "is packed, as libxml2 would unpack it from a file",
    document: () => gzipSync("<domain><cpu mode='host-passthrough'/></domain>"),
    outcome: refused("1:2", "a byte sequence is invalid"),
  },
  {
    name: "cut-in-a-tag",
    attempts: "ends in the middle of a tag",
    document: () => "<domain>\n<name>web1</name><cpu mode='host-pass",
    outcome: refused("2:38", "unclosed tag"),
  },
];
