import { SourceMap, type SourceMapPayload } from "node:module";
import { resolve } from "node:path";
import type { Event } from "../../typings/events.d.ts";
import type { Problem } from "../user-error.ts";
import { codeOfSlice, mapOfSlice } from "./policy-slice.ts";

type Place = Omit<Problem, "message">;

/** Finds where parts of a policy's definition are written, in its own file or in one that it imports. */
export interface DefinitionLocator {
  /** Where `on` names an event. */
  event(event: Event): Place;
  property(name: string): Place;
}

/** A list of events that is written out. */
const LIST = /[{,]["']?on["']?:\[[^\]]*\]/g;

/**
 * Makes a locator from a policy's bundled code, in which no comment or type is left, and its source map. What is not
 * written out is located at `on`, else at the file's first line.
 *
 * @param file the policy's absolute path.
 * @param folder the configuration's folder.
 */
export function locateDefinition(slice: Uint8Array, file: string, folder: string): DefinitionLocator {
  const code = codeOfSlice(slice);
  const mapText = mapOfSlice(slice);
  const map = mapText === undefined ? undefined : new SourceMap(JSON.parse(mapText) as SourceMapPayload);
  const places = (offsets: Iterable<number>): Place[] =>
    map === undefined ? [] : [...offsets].flatMap((each) => placeOf(each, code, map, folder));
  // a property of that name may be another object's, in what the policy imports
  const own = (found: readonly Place[]): Place | undefined => found.find((place) => place.file === file) ?? found[0];
  const find = (name: string) => own(places(properties(code, name)));
  return {
    event(event) {
      const words = [...code.matchAll(new RegExp(`(["'\`])${event}\\1`, "g"))].map(({ index }) => index);
      const lists = [...code.matchAll(LIST)].map(({ index, 0: text }) => [index, index + text.length] as const);
      const listed = words.filter((word) => lists.some(([start, end]) => start < word && word < end));
      return own(places(listed)) ?? own(places(words)) ?? find("on") ?? { file, line: 1 };
    },
    property: (name) => find(name) ?? { file, line: 1 },
  };
}

/** Where an object's properties of a name begin. */
function properties(code: string, name: string): number[] {
  const written = new RegExp(`(?<=[{,])(?:(?:async|get) |\\*)?["']?${name}["']?(?=[:(,}])`, "g");
  return [...code.matchAll(written)].map(({ index }) => index);
}

/** Nothing for what is virt-warden's own, or was made by the bundler. */
function placeOf(offset: number, code: string, map: SourceMap, folder: string): Place[] {
  const before = code.slice(0, offset);
  const line = before.split("\n").length - 1;
  const entry = map.findEntry(line, offset - (before.lastIndexOf("\n") + 1));
  if (!("originalSource" in entry) || entry.originalSource === undefined || entry.generatedLine !== line) return [];
  const { originalSource, originalLine, originalColumn } = entry;
  if (originalSource.startsWith("virt-warden/")) return [];
  return [{ file: resolve(folder, originalSource), line: originalLine + 1, column: originalColumn + 1 }];
}
