import type { Domain } from "../../typings/domain.d.ts";
import type { Network, NetworkPort } from "../../typings/network.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import type { Invocation } from "../hook/invocation.ts";
import { buildModel } from "../model/build-model.ts";
import { readHookData } from "../model/read-hook-data.ts";
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
}

/**
 * Reads the document of an invocation: text → tree → model.
 *
 * @throws DocumentError where the document is refused.
 */
export function readDocument(invocation: Invocation, bytes: Uint8Array): ReadDocument {
  if (invocation.document === "none") return { model: {} };
  const xml = parseXml(bytes);
  if (invocation.document === "domain") {
    const domain = buildModel(xml, "domain");
    const name = invocation.object || domain.name;
    return { model: { domain }, xml, ...identity(domain), guest: { ...identity(domain), name } };
  }
  const { network, port } = readHookData(xml);
  const model = { network, ...(port === undefined ? {} : { port }) };
  return { model, xml, ...identity(network), ...(port?.owner === undefined ? {} : { guest: port.owner }) };
}

/** A schema-valid document has a name; others may be judged as well. */
function identity({ name, uuid }: { name?: string; uuid?: string }): { name?: string; uuid?: string } {
  return { ...(name === undefined ? {} : { name }), ...(uuid === undefined ? {} : { uuid }) };
}
