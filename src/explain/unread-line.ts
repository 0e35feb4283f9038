import { domainTable } from "../model/domain.generated.ts";
import { networkTable } from "../model/network.generated.ts";
import type { Place } from "../xml/place.ts";
import { cutLine } from "./cut-line.ts";
import type { Excerpt } from "./excerpt.ts";

/** What a text in a document that no reader understands may be: a secret. */
const HIDDEN = "…";

/** What XML itself is made of, blanks, or a word. */
const PIECES = /[<>/='"&;!?\s]+|[^<>/='"&;!?\s]+/g;

let names: ReadonlySet<string> | undefined;

/**
 * The line of a document that cannot be read. What is not known to be a name of libvirt's elements and attributes is left
 * out: where tags and values begin and end is not known, so anything else may be a password.
 *
 * @param place Where it could not be read.
 * @returns undefined where there is no such line.
 */
export function unreadLine(bytes: Uint8Array, { line, column }: Place): Excerpt | undefined {
  const text = new TextDecoder().decode(bytes).split(/\r\n?|\n/)[line - 1];
  if (text === undefined || text.trim() === "") return undefined;
  const before = [...withoutValues([...text].slice(0, column - 1).join(""))].length;
  return { line, column, first: line, lines: [cutLine(withoutValues(text), before + 1)] };
}

function withoutValues(text: string): string {
  return text.replace(PIECES, (piece) => (/^[<>/='"&;!?\s]/.test(piece) || libvirtNames().has(piece) ? piece : HIDDEN));
}

function libvirtNames(): ReadonlySet<string> {
  names ??= new Set(
    [domainTable, networkTable].flatMap(({ shapes, roots }) => [
      ...Object.keys(roots),
      ...[...shapes.matchAll(/"([\w:.-]+)":/g)].map(([, name = ""]) => name),
    ]),
  );
  return names;
}
