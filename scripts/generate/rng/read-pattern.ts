import { readNameClass } from "./name-class.ts";
import type { Pattern } from "./pattern.ts";
import type { SchemaNode } from "./schema-node.ts";

/** What a pattern is read with. */
export interface PatternScope {
  /** The `define` being read. */
  readonly define: string;
  /** The pattern of a `ref`, called after the whole grammar was read. */
  resolve(name: string, place: string): Pattern;
}

const EMPTY: Pattern = { kind: "empty" };

/** Reads the children of a node as one group. */
export function readGroup(nodes: readonly SchemaNode[], scope: PatternScope): Pattern {
  return { kind: "group", parts: nodes.map((node) => readPattern(node, scope)) };
}

/**
 * Reads a pattern.
 *
 * @throws Error at an element that is no pattern or one that libvirt does not use (`externalRef`, `parentRef`).
 */
function readPattern(node: SchemaNode, scope: PatternScope): Pattern {
  const group = () => readGroup(node.children, scope);
  const parts = () => node.children.map((child) => readPattern(child, scope));
  switch (node.name) {
    case "empty":
    case "notAllowed":
    case "text":
    case "list":
      return { kind: node.name };
    case "choice":
    case "interleave":
      return { kind: node.name, parts: parts() };
    case "group":
      return group();
    case "mixed":
      return { kind: "interleave", parts: [{ kind: "text" }, group()] };
    case "optional":
      return { kind: "choice", parts: [group(), EMPTY] };
    case "zeroOrMore":
      return { kind: "repeat", part: group(), min: 0 };
    case "oneOrMore":
      return { kind: "repeat", part: group(), min: 1 };
    case "value":
      return { kind: "value", value: literalOf(node) };
    case "data":
      return { kind: "data", type: required(node, "type"), params: params(node) };
    case "ref": {
      const name = required(node, "name");
      return { kind: "ref", resolve: () => scope.resolve(name, node.place) };
    }
    case "element": {
      const { names, content } = readNameClass(node);
      return { kind: "element", names, content: readGroup(content, scope), define: scope.define };
    }
    case "attribute": {
      const { names, content } = readNameClass(node);
      // An attribute without content takes any text (section 4.12).
      return { kind: "attribute", names, content: content.length === 0 ? { kind: "text" } : readGroup(content, scope) };
    }
    default:
      throw new Error(`Cannot read the pattern ${node.name} at ${node.place}: the generator does not know it`);
  }
}

// A value without a type is a token: its whitespace is collapsed (section 4.4).
function literalOf(node: SchemaNode): string {
  return node.attributes.get("type") === "string" ? node.text : node.text.trim().replace(/\s+/g, " ");
}

function params(node: SchemaNode): [string, string][] {
  return node.children
    .filter((child) => child.name === "param")
    .map((child): [string, string] => [required(child, "name"), child.text]);
}

function required(node: SchemaNode, name: string): string {
  const value = node.attributes.get(name);
  if (value === undefined) throw new Error(`Cannot read ${node.name} at ${node.place}: it has no ${name}`);
  return value;
}
