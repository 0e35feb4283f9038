import { posix } from "node:path";
import type { Grammar, Pattern } from "./pattern.ts";
import { type PatternScope, readGroup } from "./read-pattern.ts";
import { readSchemaNode, type SchemaNode } from "./schema-node.ts";

/** A `define` or the `start`, before definitions of one name are combined. */
interface Component {
  readonly name: string;
  readonly node: SchemaNode;
}

/** What stands for `start` among the names of definitions; no definition can be called that. */
const START = "#start";

/**
 * Reads a schema with all that it includes.
 *
 * @param file The schema's file.
 * @param read A file's text, by name.
 * @throws Error when a definition is missing, given twice without `combine`, or not readable.
 * @see https://relaxng.org/spec-20011203.html section 4.7 (include), 4.17 (combine)
 */
export function readGrammar(file: string, read: (file: string) => string): Grammar {
  const prefixes = new Map<string, string>();
  const components = componentsOf(load(file), file);
  const nodes = new Map<string, SchemaNode[]>();
  for (const { name, node } of components) nodes.set(name, [...(nodes.get(name) ?? []), node]);

  const patterns = new Map<string, Pattern>();
  const resolve = (name: string, place: string): Pattern => {
    const pattern = patterns.get(name);
    if (pattern === undefined) throw new Error(`Cannot resolve ${name} at ${place}: nothing defines it`);
    return pattern;
  };
  for (const [name, given] of nodes) patterns.set(name, combine(name, given, { define: name, resolve }));
  return { start: resolve(START, file), prefixes };

  function load(name: string): SchemaNode {
    const text = read(name);
    const root = readSchemaNode(text, name);
    for (const [prefix, uri] of root.prefixes) if (prefix !== "") prefixes.set(uri, prefix);
    if (root.name !== "grammar")
      throw new Error(`Cannot read the schema ${name}: it starts with ${root.name}, not grammar`);
    return root;
  }

  function componentsOf(parent: SchemaNode, name: string): Component[] {
    return parent.children.flatMap((node): Component[] => {
      if (node.name === "div") return componentsOf(node, name);
      if (node.name === "include") return included(node, name);
      return [{ name: componentName(node), node }];
    });
  }

  function included(node: SchemaNode, from: string): Component[] {
    const target = posix.join(posix.dirname(from), node.attributes.get("href") ?? "");
    const own = componentsOf(node, from);
    const overridden = new Set(own.map((component) => component.name));
    return [...componentsOf(load(target), target).filter(({ name }) => !overridden.has(name)), ...own];
  }
}

function componentName(node: SchemaNode): string {
  if (node.name === "start") return START;
  const name = node.attributes.get("name");
  if (node.name === "define" && name !== undefined) return name;
  throw new Error(`Cannot read the grammar at ${node.place}: ${node.name} is not expected here`);
}

function combine(name: string, nodes: readonly SchemaNode[], scope: PatternScope): Pattern {
  const [first] = nodes;
  if (first !== undefined && nodes.length === 1) return readGroup(first.children, scope);
  const ways = new Set(nodes.flatMap((node) => node.attributes.get("combine") ?? []));
  const plain = nodes.filter((node) => !node.attributes.has("combine"));
  const [way] = ways;
  if (ways.size !== 1 || plain.length > 1 || (way !== "choice" && way !== "interleave")) {
    const places = nodes.map((node) => node.place).join(", ");
    throw new Error(`Cannot combine the definitions of ${name} at ${places}: they do not agree on how`);
  }
  return { kind: way, parts: nodes.map((node) => readGroup(node.children, scope)) };
}
