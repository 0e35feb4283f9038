import type { XmlElement } from "../../typings/xml.d.ts";

/**
 * The prefixes that libvirt's documentation gives its namespaces.
 *
 * @see https://libvirt.org/drvqemu.html, https://libvirt.org/drvlxc.html, https://libvirt.org/drvbhyve.html,
 *   https://libvirt.org/drvxen.html, https://libvirt.org/drvesx.html and https://libvirt.org/formatnetwork.html
 */
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ["", ""],
  ["http://libvirt.org/schemas/domain/qemu/1.0", "qemu:"],
  ["http://libvirt.org/schemas/domain/lxc/1.0", "lxc:"],
  ["http://libvirt.org/schemas/domain/bhyve/1.0", "bhyve:"],
  ["http://libvirt.org/schemas/domain/xen/1.0", "xen:"],
  ["http://libvirt.org/schemas/domain/vmware/1.0", "vmware:"],
  ["http://libvirt.org/schemas/network/dnsmasq/1.0", "dnsmasq:"],
]);

/** A child element and where it stands. */
export interface Child {
  readonly child: XmlElement;
  readonly name: string;
  /** How many of its name come before it. */
  readonly index: number;
  /** Its step in an XPath: with its position where there are several. */
  readonly step: string;
}

/** The name that a policy reads: with libvirt's prefix, or `{URI}` for a namespace that is not libvirt's. */
export function qualifiedName({ name, namespace }: { readonly name: string; readonly namespace: string }): string {
  return `${PREFIXES.get(namespace) ?? `{${namespace}}`}${name}`;
}

export function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => typeof child !== "string");
}

/** The element's own text, without that of elements inside it. */
export function textOf(element: XmlElement): string {
  return element.children.filter((child) => typeof child === "string").join("");
}

/** Whether the element has no text of its own but white space. */
export function isBlank(element: XmlElement): boolean {
  return /^[ \t\r\n]*$/.test(textOf(element));
}

export function childrenOf(element: XmlElement): Child[] {
  const groups = Map.groupBy(elementsOf(element), qualifiedName);
  return [...groups].flatMap(([name, group]) =>
    group.map((child, index) => ({ child, name, index, step: group.length > 1 ? `${name}[${index + 1}]` : name })),
  );
}

/** How many attribute values and texts there are in an element; white space alone is none. */
export function valuesIn(element: XmlElement): number {
  const own = element.attributes.length + (isBlank(element) ? 0 : 1);
  return elementsOf(element).reduce((sum, child) => sum + valuesIn(child), own);
}
