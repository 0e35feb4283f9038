import fc from "fast-check";

/** Finds a place in a document. */
export type Place = (document: Buffer) => number;

const seed = fc.nat(0x7fff_ffff);

export const anywhere: fc.Arbitrary<Place> = seed.map((number) => (document) => number % (document.length + 1));

/** Right before one of the places where a character stands; where none does, the end. */
export function before(character: string): fc.Arbitrary<Place> {
  return seed.map((number) => (document) => {
    const places: number[] = [];
    for (let at = document.indexOf(character); at !== -1; at = document.indexOf(character, at + 1)) places.push(at);
    return places[number % places.length] ?? document.length;
  });
}

/** Right after one of the places where a character of one byte stands; where none does, the end. */
export function after(character: string): fc.Arbitrary<Place> {
  return before(character).map((place) => (document) => Math.min(place(document) + 1, document.length));
}

/** Anywhere, or right beside what markup consists of. */
export const somewhere: fc.Arbitrary<Place> = fc.oneof(
  anywhere,
  ...["<", ">", "/", "=", "'", '"', "&", ":", ";"].flatMap((character) => [before(character), after(character)]),
);
