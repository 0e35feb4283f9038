import type { Marks } from "./guest/mark-units.ts";
import { marksBelow, marksIn } from "./units-in.ts";

/** A context as text, of which a policy's context parses what is read, when it is first read. */
export interface LazyContext {
  /** JSON of the {@link Outline}, then that of each part, one after the other. */
  readonly text: string;
  /** How long the outline is, in UTF-16 units. */
  readonly head: number;
}

/**
 * What an object or a list is made of. After {@link OBJECT} come four slots for each member: its key; where its JSON begins
 * and ends after the outline; and 0. Where the fourth is a node, that is the member, and the places are 0. After
 * {@link LIST} come the elements' nodes.
 */
export type Node = readonly (string | number | Node)[];

export const OBJECT = 0;
export const LIST = 1;

/** What to mark in parts of a guest's model: where the part's JSON begins, and what. */
export type PartMarks = readonly (readonly [start: number, marks: Marks])[];

/** The context, and what is to be marked in its parts. */
export type Outline = readonly [context: Node, marks: PartMarks];

/** How many levels of a model are taken apart: its own members, and those of `devices`. */
const MODEL_LEVELS = 2;

/** Of a host with guests: its members, the list of `guests`, and each guest's members. */
const HOST_LEVELS = 3;

/** What has no more members is parsed as a whole below a model: that takes no longer. */
const FEW = 8;

/** Makes text of a context's plain members; `xml` is JSON of the generic tree, `""` for none. */
export function lazyContext(context: Readonly<Record<string, unknown>>, xml: string): LazyContext {
  const parts = new Parts();
  const node: (string | number | Node)[] = [OBJECT];
  for (const [key, member] of Object.entries(context)) {
    const hasLists = key === "host" && typeof member === "object" && member !== null && "guests" in member;
    const marks = key === "domain" ? marksIn(member) : undefined;
    const levels = hasLists ? HOST_LEVELS : key === "host" ? 0 : MODEL_LEVELS;
    node.push(...parts.member(key, member, levels, hasLists, marks));
  }
  if (xml !== "") node.push("xml", ...parts.place(xml), 0);
  const outline = JSON.stringify([node, parts.marks] satisfies Outline);
  return { text: outline + parts.texts.join(""), head: outline.length };
}

/** Parts of a context, and where they are. */
class Parts {
  readonly texts: string[] = [];
  readonly marks: [start: number, marks: Marks][] = [];
  /** What is there often, such as `[]`, is there once. */
  readonly #places = new Map<string, readonly [start: number, end: number]>();
  #length = 0;

  /** A member's slots; none where it is undefined, as in JSON. */
  member(key: string, value: unknown, levels: number, lists: boolean, marks: Marks | undefined): Node {
    if (value === undefined) return [];
    const node = this.#node(value, levels, lists, marks);
    if (node !== undefined) return [key, 0, 0, node];
    return [key, ...this.place(JSON.stringify(value), marks), 0];
  }

  /** Where a part is, which is added where it is not there yet. */
  place(json: string, marks?: Marks): readonly [start: number, end: number] {
    const known = marks === undefined ? this.#places.get(json) : undefined;
    if (known !== undefined) return known;
    const place = [this.#length, this.#length + json.length] as const;
    this.#length += json.length;
    this.texts.push(json);
    if (marks === undefined) this.#places.set(json, place);
    else this.marks.push([place[0], marks]);
    return place;
  }

  /**
   * @param levels How many levels of the value are taken apart.
   * @param lists Whether the elements of lists are such a level.
   * @returns undefined for what is not taken apart.
   */
  #node(value: unknown, levels: number, lists: boolean, marks: Marks | undefined): Node | undefined {
    if (levels === 0 || typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value)) {
      return lists
        ? [LIST, ...value.map((each) => this.#node(each, levels - 1, lists, undefined) ?? [OBJECT])]
        : undefined;
    }
    const entries = Object.entries(value);
    if (!lists && levels < MODEL_LEVELS && entries.length <= FEW) return undefined;
    const members = entries.map(([key, member]) => {
      const below = lists && key === "domain" ? marksIn(member) : marks && marksBelow(marks, key);
      return this.member(key, member, levels - 1, lists, below);
    });
    return [OBJECT, ...members.flat()];
  }
}
