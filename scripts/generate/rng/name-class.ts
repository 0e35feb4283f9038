import type { NameClass, QualifiedName } from "./pattern.ts";
import type { SchemaNode } from "./schema-node.ts";

/** Elements that can stand as a name class. */
const NAME_CLASSES = new Set(["name", "anyName", "nsName", "choice"]);

/**
 * The names that an `element` or `attribute` takes, and what is left of its children as content.
 *
 * @throws Error when it has no name, or a prefix is not declared.
 */
export function readNameClass(node: SchemaNode): { names: NameClass; content: readonly SchemaNode[] } {
  const name = node.attributes.get("name");
  if (name !== undefined) {
    // An attribute's name without `ns` of its own has no namespace (section 4.8).
    const ns = node.name === "attribute" ? (node.attributes.get("ns") ?? "") : node.ns;
    return { names: { names: [qualify(name, ns, node)], open: false }, content: node.children };
  }
  const [first, ...content] = node.children;
  if (first === undefined) throw new Error(`Cannot read ${node.name} at ${node.place}: it has no name`);
  return { names: classOf(first), content };
}

function classOf(node: SchemaNode): NameClass {
  if (!NAME_CLASSES.has(node.name)) {
    throw new Error(`Cannot read the name class at ${node.place}: ${node.name} is none`);
  }
  if (node.name === "name") return { names: [qualify(node.text.trim(), node.ns, node)], open: false };
  // What `except` takes away is not worth telling apart: the names stay open.
  if (node.name !== "choice") return { names: [], open: true };
  const parts = node.children.map(classOf);
  return { names: parts.flatMap((part) => part.names), open: parts.some((part) => part.open) };
}

function qualify(name: string, ns: string, node: SchemaNode): QualifiedName {
  const [prefix, local] = name.split(":");
  if (prefix === undefined || local === undefined) return { local: name, namespace: ns };
  const namespace = node.prefixes.get(prefix);
  if (namespace === undefined) throw new Error(`Cannot read ${name} at ${node.place}: its prefix is not declared`);
  return { local, namespace };
}
