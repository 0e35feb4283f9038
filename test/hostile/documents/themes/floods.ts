import { MAX_BYTES } from "../../../../src/xml/limits.ts";
import { type DocumentAttempt, denied, deniedAtLength, type Outcome, refused } from "../attempt.ts";
import { filled, guestOf, MIB, SEEN } from "../fill.ts";

const LONG = "n".repeat(MIB);

/** What wants a message or the log to be as long as itself. */
export const floods: readonly DocumentAttempt[] = [
  flood(
    "name-of-1-mib",
    "has a name of 1 MiB",
    denied("a text of 1048581 characters, too long to be read (at name)"),
    () =>
      guestOf("")
        .replace("web1", LONG)
        .replace(/<cpu.*?>/, ""),
  ),
  flood(
    "name-of-4-mib",
    "has a name that is nearly all of the document",
    {
      status: 1,
      line: /^virt-warden: denied by honest: a text of 4\d{6} characters, too long to be read \(at name\)$/,
    },
    () =>
      guestOf("")
        .replace("web1", "n".repeat(MAX_BYTES - guestOf("").length))
        .replace(/<cpu.*?>/, ""),
  ),
  flood("uuid-of-4-mib", "has a UUID that is nearly all of the document", denied(SEEN), () =>
    filled("4", "<uuid>", "</uuid>"),
  ),
  flood("uuid-of-dashes", "has a UUID of 4 MiB that libvirt would read", denied(SEEN), () =>
    filled("-", "<uuid>4dea22b31d52d8f3", "2516782e98ab3fa0</uuid>"),
  ),
  flood("title-of-controls", "has a title of 100,000 controls", deniedAtLength("title \\u{9b}[2J\\n"), () =>
    guestOf(`<title>${"\u009b[2J\n".repeat(100_000)}</title>`).replace(/<cpu.*?>/, ""),
  ),
  flood("element-of-1-mib", "has an element with a name of 1 MiB", refused("1:70", "a name is longer"), () =>
    guestOf(`<${LONG}/>`),
  ),
  flood("prefix-of-1-mib", "has a prefix of 1 MiB without a namespace", refused("1:1048650", "unbound namespace"), () =>
    guestOf(`<${LONG}:a/>`),
  ),
  flood("end-tag-of-1-mib", "ends an element that never began", refused("1:1048651", "unexpected close tag"), () =>
    guestOf(`<a></${LONG}>`),
  ),
  flood(
    "attribute-twice-of-1-mib",
    "has an attribute with a name of 1 MiB twice",
    refused("1:2097233", "duplicate"),
    () => guestOf(`<a ${LONG}='' ${LONG}=''/>`),
  ),
  flood("namespace-of-1-mib", "has an attribute of a long namespace twice", refused("1:2097261", "duplicate"), () =>
    guestOf(`<a xmlns:a='${LONG}' xmlns:b='${LONG}' a:x='' b:x=''/>`),
  ),
  flood(
    "root-of-4-mib",
    "has a root of another namespace of 4 MiB",
    refused("1:1", "it starts with <domain>"),
    () => `<domain xmlns='${"n".repeat(MAX_BYTES - 19)}'/>`,
  ),
];

function flood(name: string, attempts: string, outcome: Outcome, document: () => string): DocumentAttempt {
  return { name, attempts, document, outcome };
}
