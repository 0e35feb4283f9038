import type { Domain } from "../../typings/domain.d.ts";
import type { Network, NetworkPort } from "../../typings/network.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import type { Invocation } from "../hook/invocation.ts";
import { buildModel } from "../model/build-model.ts";
import { readHookData } from "../model/read-hook-data.ts";
import { type UnknownContent, UnknownParts } from "../model/unknown-content.ts";
import { DocumentError } from "../xml/document-error.ts";
import { parseXml } from "../xml/parse.ts";
import type { Subject } from "./exemptions.ts";

/** What a policy's context takes from the document. */
export interface ReadDocument {
  readonly model: { readonly domain?: Domain; readonly network?: Network; readonly port?: NetworkPort };
  readonly xml?: XmlElement;
  /** The name that the document's guest or network has. */
  readonly name?: string;
  readonly uuid?: string;
  /** The guest that the event is about: the document's own, or the owner of a network's port. */
  readonly guest?: Subject;
  /** What libvirt's schema does not know. */
  readonly unknown?: UnknownContent;
}

/**
 * Reads the document of an invocation: text → tree → model.
 *
 * @throws DocumentError where the document is refused.
 */
export function readDocument(invocation: Invocation, bytes: Uint8Array): ReadDocument {
  if (invocation.document === "none") return { model: {} };
  const xml = parseXml(bytes);
  const unknown = new UnknownParts();
  const document = readModels(invocation, xml, unknown);
  if (isRaw(invocation)) refuseLookalike(unknown);
  return { ...document, ...(unknown.content && { unknown: unknown.content }) };
}

function readModels(invocation: Invocation, xml: XmlElement, unknown: UnknownParts): ReadDocument {
  if (invocation.document === "domain") {
    const domain = buildModel(xml, "domain", unknown);
    const name = invocation.object || domain.name;
    return { model: { domain }, xml, ...identity(domain), guest: { ...identity(domain), name } };
  }
  const { network, port } = readHookData(xml, unknown);
  const model = { network, ...(port === undefined ? {} : { port }) };
  return { model, xml, ...identity(network), ...(port?.owner === undefined ? {} : { guest: port.owner }) };
}

/** Whether the document is text that libvirt has not read yet: `virsh restore --xml` passes on what its caller wrote. */
function isRaw({ operation }: Invocation): boolean {
  return operation === "restore";
}

function refuseLookalike({ lookalike }: UnknownParts): void {
  if (lookalike === undefined) return;
  const { part, line, column } = lookalike;
  const message = `Cannot trust the document: ${part} is in a namespace that is not libvirt's, and libvirt may take it for its own; leave it out`;
  throw new DocumentError("ambiguous", message, line, column);
}

/** A schema-valid document has a name; others may be judged as well. */
function identity({ name, uuid }: { name?: string; uuid?: string }): { name?: string; uuid?: string } {
  return { ...(name === undefined ? {} : { name }), ...(uuid === undefined ? {} : { uuid }) };
}
