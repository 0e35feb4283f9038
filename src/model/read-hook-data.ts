import type { Network, NetworkPort } from "../../typings/network.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { DocumentError } from "../xml/document-error.ts";
import { buildModel } from "./build-model.ts";
import { isBlank } from "./element-text.ts";
import { rootText } from "./root-text.ts";
import { UnknownParts } from "./unknown-content.ts";

/** What libvirt tells a network's hook. */
export interface HookData {
  readonly network: Network;
  /** At `port-created` and `port-deleted`. */
  readonly port?: NetworkPort;
}

/**
 * Builds the models of a network's hook document, `<hookData>` with `<network>` and perhaps `<networkport>`.
 *
 * @param unknown Gathers what neither libvirt's schemas nor its hooks' documentation knows.
 * @throws DocumentError `wrong-root` when it is another document or holds no network, and as `buildModel` does.
 * @see https://libvirt.org/hooks.html#script-arguments
 */
export function readHookData(root: XmlElement, unknown: UnknownParts = new UnknownParts()): HookData {
  if (root.name !== "hookData" || root.namespace !== "") {
    throw new DocumentError(
      "wrong-root",
      `Cannot read the document: it starts with ${rootText(root)}, not <hookData>`,
      root.line,
      root.column,
    );
  }
  const network = onlyChild(root, "network");
  if (network === undefined) {
    throw new DocumentError("wrong-root", "Cannot read <hookData>: it holds no <network>", root.line, root.column);
  }
  const port = onlyChild(root, "networkport");
  for (const attribute of root.attributes) unknown.addAttribute(attribute, root);
  for (const child of elementsOf(root)) if (child !== network && child !== port) unknown.addChild(child, root);
  if (!isBlank(root)) unknown.addText(root);
  return {
    network: buildModel(network, "network", unknown),
    ...(port === undefined ? {} : { port: buildModel(port, "networkport", unknown) }),
  };
}

function onlyChild(root: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = elementsOf(root).filter((child) => child.name === name && child.namespace === "");
  if (second !== undefined) {
    throw new DocumentError(
      "repeated",
      `Cannot read <hookData>: it holds a second ${name}, and can have one`,
      second.line,
      second.column,
    );
  }
  return first;
}

function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== "string");
}
