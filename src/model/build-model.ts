import type { Domain } from "../../typings/domain.d.ts";
import type { Network, NetworkPort } from "../../typings/network.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { DocumentError } from "../xml/document-error.ts";
import { readElement } from "./read-element.ts";
import { rootText } from "./root-text.ts";
import { type ModelKind, modelOf } from "./shapes.ts";
import { UnknownParts } from "./unknown-content.ts";

/**
 * Builds the typed model of a document from its tree. What the schema does not know is left out, and noted: it stays in
 * the tree. Text is kept as it stands, its spaces included, because libvirt compares it so; a number with spaces is
 * refused.
 *
 * @param root The document's root element, or inside `<hookData>` the network's.
 * @param kind The name that the element must have; it has no namespace.
 * @param unknown Gathers what the schema does not know.
 * @returns Plain data that JSON can hold.
 * @throws DocumentError `wrong-root` when it is another element, `repeated` when an element that may be there once is
 *   there twice, `number` when a number is not in canonical form; with the place of the element.
 */
export function buildModel(root: XmlElement, kind: "domain", unknown?: UnknownParts): Domain;
export function buildModel(root: XmlElement, kind: "network", unknown?: UnknownParts): Network;
export function buildModel(root: XmlElement, kind: "networkport", unknown?: UnknownParts): NetworkPort;
export function buildModel(
  root: XmlElement,
  kind: ModelKind,
  unknown: UnknownParts = new UnknownParts(),
): Domain | Network | NetworkPort {
  if (root.name !== kind || root.namespace !== "") {
    throw new DocumentError(
      "wrong-root",
      `Cannot read the document: it starts with ${rootText(root)}, not <${kind}>`,
      root.line,
      root.column,
    );
  }
  const model = modelOf(kind);
  // The table and the type come from one schema.
  return readElement(root, model.root, { model, unknown }) as unknown as Domain | Network | NetworkPort;
}
