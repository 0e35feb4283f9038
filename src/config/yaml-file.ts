import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { suggestion } from "../nearest.ts";
import type { Problem } from "../user-error.ts";
import type { Position } from "./configuration.ts";

/** A key of a mapping, with its value. */
export interface Entry {
  readonly name: string;
  readonly key: Node;
  /** Undefined for an empty value. */
  readonly value: Node | undefined;
}

/** A YAML file being read: its readers collect problems with their places instead of throwing. */
export class YamlFile {
  readonly problems: Problem[] = [];
  readonly root: Node | undefined;
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;

  constructor(file: string, text: string) {
    this.#file = file;
    // the core schema, whatever a %YAML directive says: dates stay text
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, schema: "core" });
    for (const { message, pos } of [...this.#document.errors, ...this.#document.warnings]) {
      this.#add(this.#at(pos[0]), `cannot read YAML: ${message.replace(/\s+/g, " ")}`);
    }
    this.root = this.resolve(this.#document.contents);
  }

  /** Where a node begins; the file's start for none. */
  position(node: Node | undefined): Position {
    return this.#at(node?.range?.[0] ?? 0);
  }

  /** Notes what is wrong with a node. */
  problem(node: Node | undefined, message: string): void {
    this.#add(this.position(node), message);
  }

  /** The node that an alias stands for; undefined for an empty value. */
  resolve(node: unknown): Node | undefined {
    const target = isAlias(node) ? node.resolve(this.#document) : node;
    if (isAlias(node) && target === undefined) this.problem(node, `no anchor &${node.source} stands before this alias`);
    return !isNode(target) || (isScalar(target) && target.value === null) ? undefined : target;
  }

  /** A mapping's entries; no entries for an empty value. Unknown keys are problems when the known ones are given. */
  mapping(node: Node | undefined, what: string, known?: readonly string[]): Map<string, Entry> {
    const entries = new Map<string, Entry>();
    if (node !== undefined && !isMap(node)) this.problem(node, `${what} must be a mapping of keys to values`);
    if (!isMap(node)) return entries;
    for (const { key, value } of (node as YAMLMap<Node, unknown>).items) {
      const name = isScalar(key) ? String(key.source ?? key.value) : String(key);
      if (known?.includes(name) === false) {
        this.problem(key, `unknown key ${name} in ${what}${suggestion(name, known) || `; known: ${known.join(", ")}`}`);
      } else entries.set(name, { name, key, value: this.resolve(value) });
    }
    return entries;
  }

  /** A sequence's items; none for an empty value. */
  sequence(node: Node | undefined, what: string): Node[] {
    if (node !== undefined && !isSeq(node)) this.problem(node, `${what} must be a list`);
    return isSeq(node) ? node.items.map((item) => this.resolve(item) ?? (item as Node)) : [];
  }

  /** An entry's text, not empty; undefined, with a problem noted, for anything else. */
  text({ key, value }: Entry, what: string): string | undefined {
    if (isScalar(value) && typeof value.value === "string" && value.value.trim() !== "") return value.value;
    const quoted = isScalar(value) && typeof value.value !== "string" ? `: write "${value.source}" in quotes` : "";
    this.problem(value ?? key, `${what} must be text${quoted || ", and not empty"}`);
    return undefined;
  }

  /** An entry's text when it is one of the choices; undefined, with a problem noted, for anything else. */
  choice<T extends string>({ key, value }: Entry, what: string, choices: readonly T[]): T | undefined {
    const found = choices.find((choice) => isScalar(value) && value.value === choice);
    if (found === undefined) this.problem(value ?? key, `${what} must be one of ${choices.join(", ")}`);
    return found;
  }

  /** The value as plain data. */
  data(node: Node): unknown {
    return node.toJS(this.#document);
  }

  #at(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #add(position: Position, message: string): void {
    this.problems.push({ file: this.#file, ...position, message });
  }
}
