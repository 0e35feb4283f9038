import fc from "fast-check";
import { mostly, oneOf } from "./choices.ts";
import { after, anywhere, before, type Place, somewhere } from "./mutation-places.ts";
import { IN_TAGS, PIECES, TEXTS } from "./traps.ts";

type Edit = (document: Buffer) => Buffer;

const length = mostly(70, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 3, max: 60 }));

const removal = edits(fc.record({ place: somewhere, count: length }), (document, { place, count }) =>
  splice(document, place(document), count, Buffer.of()),
);

const copy = edits(fc.record({ source: somewhere, count: length, target: somewhere }), (document, each) => {
  const from = each.source(document);
  return splice(document, each.target(document), 0, document.subarray(from, from + each.count));
});

const move = edits(fc.record({ source: somewhere, count: length, target: somewhere }), (document, each) => {
  const from = each.source(document);
  const rest = splice(document, from, each.count, Buffer.of());
  return splice(rest, each.target(rest), 0, document.subarray(from, from + each.count));
});

const flip = edits(
  fc.record({ place: anywhere, byte: mostly(80, fc.nat(127), fc.nat(255)) }),
  (document, { place, byte }) => splice(document, place(document), 1, Buffer.of(byte)),
);

/** Pieces where they may be allowed: text and markup after a tag, attributes before its end; and where they are not. */
const insertion = fc.oneof(
  { weight: 2, arbitrary: insert(somewhere, PIECES) },
  { weight: 1, arbitrary: insert(after(">"), PIECES) },
  { weight: 1, arbitrary: insert(after(">"), TEXTS) },
  { weight: 2, arbitrary: insert(fc.oneof(before(">"), before("/")), IN_TAGS) },
  { weight: 1, arbitrary: insert(fc.oneof(after("'"), after('"')), TEXTS) },
);

/** A byte written as a character reference. */
const escaped = edits(fc.record({ place: anywhere, isHex: fc.boolean() }), (document, { place, isHex }) => {
  const from = place(document);
  const byte = document[from] ?? 0x20;
  return splice(document, from, 1, Buffer.from(isHex ? `&#x${byte.toString(16)};` : `&#${byte};`));
});

const edit = fc.oneof(
  { weight: 2, arbitrary: removal },
  { weight: 2, arbitrary: copy },
  { weight: 1, arbitrary: move },
  { weight: 1, arbitrary: flip },
  { weight: 6, arbitrary: insertion },
  { weight: 2, arbitrary: escaped },
);

const changes: fc.Arbitrary<Edit[]> = mostly(60, fc.tuple(edit), fc.array(edit, { minLength: 2, maxLength: 3 }));

/** Documents with up to three changes: a part taken away, doubled or moved, a piece put in, a byte changed. */
export function mutated(documents: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc
    .tuple(documents, changes)
    .map(([document, all]) => all.reduce((changed, change) => change(changed), document));
}

/** Edits by what they need and what they do with it. */
function edits<T>(needs: fc.Arbitrary<T>, apply: (document: Buffer, each: T) => Buffer): fc.Arbitrary<Edit> {
  return needs.map((each) => (document) => apply(document, each));
}

function insert(places: fc.Arbitrary<Place>, pieces: readonly (string | readonly number[])[]): fc.Arbitrary<Edit> {
  return edits(fc.record({ place: places, piece: oneOf(pieces) }), (document, { place, piece }) =>
    splice(document, place(document), 0, Buffer.from(piece)),
  );
}

function splice(document: Buffer, from: number, count: number, put: Uint8Array): Buffer {
  return Buffer.concat([document.subarray(0, from), put, document.subarray(from + count)]);
}
