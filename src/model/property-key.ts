import type { Model } from "./shapes.ts";

/**
 * The name of an element or attribute in the schema's spelling; one that nothing has for a namespace that the schema
 * does not know.
 */
export function keyOf(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  prefixes: Model["prefixes"],
): string {
  if (namespace === "") return name.includes(":") ? "" : name;
  const prefix = prefixes.get(namespace);
  return prefix === undefined ? "" : `${prefix}:${name}`;
}
