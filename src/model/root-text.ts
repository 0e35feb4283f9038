import type { XmlElement } from "../../typings/xml.d.ts";

/** A root element as a message names it. */
export function rootText({ name, namespace }: XmlElement): string {
  return namespace === "" ? `<${name}>` : `<${name}> of the namespace ${namespace}`;
}
