import type { Manifest } from "../../bundle/manifest.ts";
import { codeOfSlice, mapOfSlice } from "../../bundle/policy-slice.ts";
import { decodeMappings } from "./decode-mappings.ts";
import { RanUnits, type RawCoverage } from "./raw-coverage.ts";

/** Whether a line ran: partly, where only some of what begins on it did, such as a condition without its consequence. */
export type LineState = "ran" | "partly" | "not";

/** How much of a file of policies ran. */
export interface FileCoverage {
  /** Relative to the configuration's folder. */
  readonly file: string;
  /** The lines that have code, by number from 1, in order. */
  readonly lines: ReadonlyMap<number, LineState>;
}

/** A bundle's policies, as far as coverage goes. */
export interface CoveredBundle {
  readonly manifest: { readonly policies: readonly Pick<Manifest["policies"][number], "name" | "offset" | "length">[] };
  readonly code: Uint8Array;
}

/** Whether a place of a source ran, by `LINE:COLUMN` from 0. */
type Places = Map<string, boolean>;

/** What esbuild puts before a module's code to export it, and says to be made of the file's very beginning. */
const EXPORTS = /^var [\w$]+_exports\d*=\{\};__export\(/;

/** How far is looked for that, in UTF-16 units: the name is the file's. */
const LONGEST_NAME = 1000;

/** Brackets and separators: what they hold counts, they do not. */
const NO_CODE = /[{}()[\];,]/;

/**
 * Says of every line of policies, and of files that they import from the configuration's folder, whether all that begins
 * on it ran. Policies that no test had judge are there as well: nothing of them ran.
 *
 * @param coverages what the test files' processes told.
 * @returns sorted by file.
 */
export function lineCoverage({ manifest, code }: CoveredBundle, coverages: readonly RawCoverage[]): FileCoverage[] {
  const files = new Map<string, Places>();
  for (const { name, offset, length } of manifest.policies) {
    const slice = code.subarray(offset, offset + length);
    const text = codeOfSlice(slice);
    const ran = new RanUnits(text.length);
    for (const coverage of coverages) if (Object.hasOwn(coverage, name)) ran.add(coverage[name] ?? []);
    addPlaces(files, text, mapOfSlice(slice), ran);
  }
  return [...files]
    .map(([file, places]) => ({ file, lines: linesOf(places) }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** A place that several policies import ran where one of them ran it. */
function addPlaces(files: Map<string, Places>, code: string, mapText: string | undefined, ran: RanUnits): void {
  if (mapText === undefined) return;
  const { sources, mappings } = JSON.parse(mapText) as { sources: readonly string[]; mappings: string };
  const starts = lineStarts(code);
  for (const { generatedLine, generatedColumn, source, line, column } of decodeMappings(mappings)) {
    const unit = (starts[generatedLine] ?? 0) + generatedColumn;
    const file = sources[source];
    if (file === undefined || !isOwn(file) || NO_CODE.test(code[unit] ?? ";")) continue;
    if (line + column === 0 && EXPORTS.test(code.slice(unit, unit + LONGEST_NAME))) continue;
    const places = files.get(file) ?? new Map();
    files.set(file, places);
    const place = `${line}:${column}`;
    places.set(place, ran.has(unit) || places.get(place) === true);
  }
}

/** Whether a source is of the configuration's folder, as `source-paths.ts` names them, and no package. */
function isOwn(file: string): boolean {
  return !/^(?:virt-warden|\.\.)\/|(?:^|\/)node_modules\//.test(file);
}

function lineStarts(code: string): readonly number[] {
  return [0, ...Array.from(code.matchAll(/\n/g), ({ index }) => index + 1)];
}

function linesOf(places: Places): ReadonlyMap<number, LineState> {
  const lines = new Map<number, LineState>();
  for (const [place, ran] of places) {
    const line = Number.parseInt(place, 10) + 1;
    const state = ran ? "ran" : "not";
    lines.set(line, (lines.get(line) ?? state) === state ? state : "partly");
  }
  return new Map([...lines].sort(([a], [b]) => a - b));
}
