import { jsonText } from "../../src/log/json-text.ts";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import type { UnknownParts } from "../../src/model/unknown-content.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import type { Kind } from "./read-document.ts";

/** A model and the type that virt-warden exports for it. */
export interface Part {
  readonly type: "Domain" | "Network" | "NetworkPort";
  /** The root element's name. */
  readonly name: string;
  readonly model: unknown;
}

/**
 * The models of a document as `virt-warden inspect --json` prints them; a network's hook document has one or two.
 *
 * @param unknown Gathers what libvirt's schema does not know.
 * @throws DocumentError as `buildModel` does.
 */
export function buildParts(kind: Kind, root: XmlElement, unknown: UnknownParts): Part[] {
  switch (kind) {
    case "domain":
      return [{ type: "Domain", name: kind, model: printed(buildModel(root, kind, unknown)) }];
    case "network":
      return [{ type: "Network", name: kind, model: printed(buildModel(root, kind, unknown)) }];
    case "networkport":
      return [{ type: "NetworkPort", name: kind, model: printed(buildModel(root, kind, unknown)) }];
    case "hookData": {
      const { network, port } = readHookData(root, unknown);
      const parts: Part[] = [{ type: "Network", name: "network", model: printed(network) }];
      if (port !== undefined) parts.push({ type: "NetworkPort", name: "networkport", model: printed(port) });
      return parts;
    }
  }
}

/** What the parts are of: in a hook document, of the elements of their names. */
export function joinParts(kind: Kind, parts: readonly Part[]): unknown {
  if (kind === "hookData") return Object.fromEntries(parts.map(({ name, model }) => [name, model]));
  return parts[0]?.model;
}

function printed(model: unknown): unknown {
  return JSON.parse(jsonText(model));
}
