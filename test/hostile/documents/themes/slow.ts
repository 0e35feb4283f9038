import { type DocumentAttempt, OUT_OF_TIME } from "../attempt.ts";
import { filled, numbered } from "../fill.ts";

/** What is read, but takes longer than the deadline: refused in time. */
export const slow: readonly DocumentAttempt[] = [
  hasty("tiny-elements", "is 4 MiB of tiny elements", () => filled("<a/>")),
  hasty("tiny-texts", "is 4 MiB of tiny elements and texts", () => filled("<a/>x")),
  hasty("astral-texts", "is 4 MiB of characters of four bytes between elements", () => filled("😀<a/>")),
  hasty("deep-elements", "is 4 MiB of tiny elements, 511 deep", () =>
    filled("<a/>", "<a>".repeat(510), "</a>".repeat(510)),
  ),
  hasty("many-attributes", "is 4 MiB of attributes of one element", () =>
    numbered((index) => ` a${index}=''`, "<os", "/>"),
  ),
  hasty("many-namespaces", "is 4 MiB of namespaces of one element", () =>
    numbered((index) => ` xmlns:n${index}='urn:${index}'`, "<metadata", "/>"),
  ),
  hasty("namespaces-again", "declares a prefix in each of 190,000 elements", () =>
    filled("<p:a xmlns:p='urn:x'/>", "<metadata>", "</metadata>"),
  ),
  hasty("disks", "is a guest with 40,000 disks", () =>
    numbered(
      (index) => `<disk type='file'><source file='/v/${index}'/><target dev='vd${index}' bus='virtio'/></disk>`,
      "<devices>",
      "</devices>",
    ),
  ),
  hasty("pins", "is a guest with 100,000 pinned processors", () =>
    numbered((index) => `<vcpupin vcpu='${index}' cpuset='1'/>`, "<cputune>", "</cputune>"),
  ),
];

function hasty(name: string, attempts: string, document: () => string): DocumentAttempt {
  return { name, attempts, document, hasty: true, outcome: OUT_OF_TIME };
}
