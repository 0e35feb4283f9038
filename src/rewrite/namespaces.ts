import { modelOf } from "../model/shapes.ts";

let known: ReadonlyMap<string, string> | undefined;

/** A domain's namespaces, URIs by the prefix that libvirt writes. */
export function libvirtNamespaces(): ReadonlyMap<string, string> {
  known ??= new Map([...modelOf("domain").prefixes].map(([uri, prefix]) => [prefix, uri]));
  return known;
}

/** Says of a prefix that it is none of libvirt's. */
export function unknownPrefix(prefix: string): string {
  return `the prefix ${prefix} is none of libvirt's: ${[...libvirtNamespaces().keys()].toSorted().join(", ")}`;
}
