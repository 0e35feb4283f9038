import type { XmlElement } from "../../typings/xml.d.ts";
import { firstDifference } from "../xml/compare.ts";
import { utf8Text } from "../xml/decode.ts";
import { MAX_BYTES } from "../xml/limits.ts";
import { parseXml } from "../xml/parse.ts";
import type { Edit, PolicyEdits } from "./edit.ts";
import { editedTree } from "./edited-tree.ts";
import { libvirtNamespaces } from "./namespaces.ts";
import { writeElement } from "./new-element.ts";
import { planEdits } from "./plan-edits.ts";
import { RewriteError } from "./rewrite-error.ts";
import { scan } from "./scan.ts";
import { splice, splicesOf } from "./splices.ts";

/** A document by edits, and what `parseXml` makes of it. */
export interface EditedDocument {
  readonly bytes: Uint8Array;
  readonly root: XmlElement;
}

const NO_SCOPE: ReadonlyMap<string, string> = new Map();

/**
 * Edits a document's text. All places are those of the document as it came; every byte that no edit is about stays, and
 * what the edits do not change leaves the document as it is. Additions to one element stand in the policies' order.
 *
 * @param document One that `parseXml` accepts.
 * @param root What `parseXml` made of it, all of it: with its secrets.
 * @returns The new document with its tree, or the same objects where nothing changes.
 * @throws RewriteError for an edit that cannot be made and for one that contradicts an earlier one.
 * @throws {Error} where the new text does not mean what was asked for: a fault of virt-warden's.
 */
export function applyEdits(document: Uint8Array, root: XmlElement, edits: readonly PolicyEdits[]): EditedDocument {
  const plan = planEdits(root, edits);
  const text = utf8Text(document);
  const spans = scan(text, root, plan.elements, ["", ...libvirtNamespaces().keys()]);
  const splices = [...spans].flatMap(([element, span]) => {
    const own = plan.elements.get(element);
    return own === undefined ? [] : splicesOf(element, own, span);
  });
  if (splices.length === 0) return { bytes: document, root };
  const bytes = Buffer.from(splice(text, splices));
  if (bytes.length > MAX_BYTES) throw tooLarge(bytes.length, edits);
  return { bytes, root: readAs(editedTree(root, plan), bytes) };
}

/** Reads a document that has to mean what a tree says. */
function readAs(tree: XmlElement, document: Uint8Array): XmlElement {
  let reread: XmlElement;
  try {
    reread = parseXml(document);
  } catch (cause) {
    throw new Error("Cannot trust the rewritten document: it cannot be read again", { cause });
  }
  const difference = firstDifference(reread, tree);
  if (difference === undefined) return reread;
  const { name, line, column } = difference;
  throw new Error(`Cannot trust the rewritten document: ${name} is not as it should be, at ${line}:${column}`);
}

/** Blames the longest edit. */
function tooLarge(bytes: number, edits: readonly PolicyEdits[]): RewriteError {
  const all = edits.flatMap(({ policy, edits: own }) => own.map((edit) => ({ policy, edit, size: sizeOf(edit) })));
  const [longest] = all.toSorted((a, b) => b.size - a.size);
  if (longest === undefined) throw new Error("Cannot tell what made the document too large: there are no edits");
  return new RewriteError(
    longest.policy,
    longest.edit,
    `the document would have ${bytes} bytes, more than ${MAX_BYTES}`,
  );
}

function sizeOf(edit: Edit): number {
  if (edit.edit === "add-element") return writeElement(edit.element, NO_SCOPE).length;
  return "value" in edit ? edit.value.length : 0;
}
