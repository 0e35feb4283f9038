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
  readonly subject: Subject;
}

/**
 * Reads the document of an invocation: text → tree → model.
 *
 * @throws DocumentError where the document is refused.
 */
export function readDocument(invocation: Invocation, bytes: Uint8Array): ReadDocument {
  if (invocation.document === "none") return { model: {}, subject: { name: invocation.object } };
  const xml = parseXml(bytes);
  if (invocation.document === "domain") {
    const domain = buildModel(xml, "domain");
    return { model: { domain }, xml, subject: subjectOf(invocation.object || domain.name, domain.uuid) };
  }
  const hookData = readHookData(xml);
  const owner = hookData.port?.owner;
  const subject =
    owner === undefined
      ? subjectOf(invocation.object || hookData.network.name, hookData.network.uuid)
      : subjectOf(owner.name, owner.uuid);
  return { model: hookData, xml, subject };
}

function subjectOf(name: string | undefined, uuid: string | undefined): Subject {
  return { name: name ?? "", ...(uuid === undefined ? {} : { uuid }) };
}
