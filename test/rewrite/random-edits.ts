import fc from "fast-check";
import type { Edit, NewElement, PolicyEdits } from "../../src/rewrite/edit.ts";
import { RewriteError } from "../../src/rewrite/rewrite-error.ts";
import { DocumentError } from "../../src/xml/document-error.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { documents } from "../xml/xmllint/documents.ts";
import { everyPlace } from "./places.ts";

/** A wish that becomes an edit once there is a document to be edited. */
interface Wish {
  readonly kind: Edit["edit"];
  /** Which element, and which of its attributes. */
  readonly which: number;
  readonly attribute: number;
  readonly value: string;
  readonly policy: number;
}

/** A document, its tree, and edits of up to three policies. */
export interface Case {
  readonly document: Uint8Array;
  readonly root: XmlElement;
  readonly edits: readonly PolicyEdits[];
}

/** What XML can hold: every text that survives a document. */
export const anyText: fc.Arbitrary<string> = fc
  .string({
    unit: fc.oneof(fc.constantFrom(..."\t\n\r <>&'\"]]>;#x "), fc.string({ unit: "binary", maxLength: 1 })),
    maxLength: 9,
  })
  .map((text) => text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ""));

/** Texts that no document needs to escape. */
export const plainText: fc.Arbitrary<string> = fc.constantFrom("", "v", "1 2", "é😀");

/** Documents with edits of their elements; most of them can be made. */
export function cases(text: fc.Arbitrary<string>): fc.Arbitrary<Case> {
  const wish = fc.record({
    kind: fc.constantFrom<Edit["edit"][]>(
      "set-attribute",
      "remove-attribute",
      "set-text",
      "remove-element",
      "add-element",
    ),
    which: fc.nat(50),
    attribute: fc.nat(5),
    value: text,
    policy: fc.nat(2),
  });
  return fc
    .tuple(documents.map(read), fc.array(wish, { minLength: 1, maxLength: 6 }))
    .filter(([read]) => read !== undefined)
    .map(([read, wishes]) => caseOf(read as Pick<Case, "document" | "root">, wishes));
}

/** Whether edits contradict each other, which is another test's matter. */
export function contradicts(error: unknown): boolean {
  return error instanceof RewriteError && /asks: policy [abc] /.test(error.message);
}

function read(document: Uint8Array): Pick<Case, "document" | "root"> | undefined {
  try {
    return { document, root: parseXml(document) };
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

function caseOf({ document, root }: Pick<Case, "document" | "root">, wishes: readonly Wish[]): Case {
  const edits = ["a", "b", "c"].map((policy, index) => ({
    policy,
    edits: wishes.filter((wish) => wish.policy === index).flatMap((wish) => editOf(wish, root) ?? []),
  }));
  return { document, root, edits };
}

function editOf({ kind, which, attribute, value }: Wish, root: XmlElement): Edit | undefined {
  const places = everyPlace(root);
  const { at, element } = places[which % places.length] as (typeof places)[number];
  const names = element.attributes.filter(({ namespace }) => namespace === "").map(({ name }) => name);
  const name = [...names, "added"][attribute % (names.length + 1)];
  const place = `${at === "" ? "" : `${at}/`}@${name}`;
  if (kind === "set-attribute" && name !== "xmlns") return { edit: kind, at: place, value };
  if (kind === "remove-attribute" && name !== "added") return { edit: kind, at: place };
  if (kind === "remove-element" && at !== "") return { edit: kind, at };
  if (kind === "add-element") return { edit: kind, at, element: addedElement(value) };
  const isText = element.children.every((child) => typeof child === "string");
  return kind === "set-text" && isText ? { edit: kind, at, value } : undefined;
}

function addedElement(value: string): NewElement {
  return { name: "added", attributes: { value }, children: [value, { name: "inner", children: [value] }, value] };
}
