import fc from "fast-check";

/** How a document was reached from a greater one: by the other arbitrary, or by cutting bytes out of it. */
interface Way {
  readonly value?: fc.Value<Buffer>;
  readonly cut?: Cut;
}

/** How much was cut at once, and where. */
interface Cut {
  readonly size: number;
  readonly from: number;
}

/** An empty element, or one that has none of its own name inside. */
const ELEMENT = /<[^<>]*\/>|<([^\s<>/]+)[^<>]*>(?:(?!<\1[\s>])[\s\S])*?<\/\1\s*>/g;

/**
 * Documents of another arbitrary that also shrink by losing bytes: whole elements first, then halves, at last single
 * bytes. So a real document shrinks as far as a generated one, whatever it was made from.
 */
export class CutDown extends fc.Arbitrary<Buffer> {
  readonly #documents: fc.Arbitrary<Buffer>;

  constructor(documents: fc.Arbitrary<Buffer>) {
    super();
    this.#documents = documents;
  }

  override generate(random: fc.Random, bias: number | undefined): fc.Value<Buffer> {
    return reached(this.#documents.generate(random, bias));
  }

  override canShrinkWithoutContext(value: unknown): value is Buffer {
    return Buffer.isBuffer(value);
  }

  override shrink(document: Buffer, context: unknown): fc.Stream<fc.Value<Buffer>> {
    const { value, cut } = (context ?? {}) as Way;
    const parts = fc.stream(withPartsCut(document, cut ?? { size: document.length, from: 0 }));
    if (cut !== undefined) return parts;
    const cuts = fc.stream(withElementsCut(document)).join(parts);
    return value === undefined ? cuts : this.#documents.shrink(document, value.context).map(reached).join(cuts);
  }
}

function reached(value: fc.Value<Buffer>): fc.Value<Buffer> {
  return new fc.Value(value.value, { value } satisfies Way);
}

/** The document without one of its elements. */
function* withElementsCut(document: Buffer): Generator<fc.Value<Buffer>> {
  for (const { 0: element, index } of document.toString("latin1").matchAll(ELEMENT)) {
    yield new fc.Value(without(document, { from: index, size: element.length }), {} satisfies Way);
  }
}

/** The document with a part cut out: from where the last cut was made, then everywhere, in ever smaller parts. */
function* withPartsCut(document: Buffer, last: Cut): Generator<fc.Value<Buffer>> {
  let { size, from } = last;
  for (; size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2), from = 0) {
    for (; from < document.length; from += size) {
      yield new fc.Value(without(document, { size, from }), { cut: { size, from } } satisfies Way);
    }
  }
}

function without(document: Buffer, { size, from }: Cut): Buffer {
  return Buffer.concat([document.subarray(0, from), document.subarray(from + size)]);
}
