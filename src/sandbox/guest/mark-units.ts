import { UNIT_MARK } from "../../helpers/unit-mark.ts";
import { DEFAULT_UNITS, type DefaultUnit, IMAGE_UNITS, IMAGES } from "./default-units.ts";

/** A part of the model, before anything is known of it. */
type Part = Readonly<Record<string, unknown>>;

/**
 * Marks the sizes in a guest's model whose default unit is not KiB, for the helper `bytes`: as JSON they have lost which
 * element they are. The mark is a symbol, so that only who asks for it sees it, and enumerable, so that a copy keeps it.
 * Runs before any of the policy's code.
 *
 * @param json The text that the model was read from: what it does not name needs no looking for in thousands of devices.
 */
export function markUnits(domain: Part, json: string): void {
  if (json !== named.json) named = unitsNamed(json);
  markEach(domain, named.units);
  const { imageUnits } = named;
  if (imageUnits.length === 0) return;
  const images: Part[] = [];
  const add = (image: Part) => images.push(image);
  visit(domain, ["devices", "disk"], add);
  // a list, not calls in calls: chains may be as long as documents are
  for (let image = images.pop(); image !== undefined; image = images.pop()) {
    markEach(image, imageUnits);
    for (const path of IMAGES) visit(image, path, add);
  }
}

/** What the last text names: many guests come in one, whose megabytes are looked through once. */
let named = unitsNamed("");

function unitsNamed(json: string) {
  const isNamed = ([path]: DefaultUnit) => json.includes(`"${path.at(-1)}":`);
  return { json, units: DEFAULT_UNITS.filter(isNamed), imageUnits: IMAGE_UNITS.filter(isNamed) };
}

function markEach(root: Part, units: readonly DefaultUnit[]): void {
  for (const [path, unit] of units) {
    visit(root, path, (size) => Object.defineProperty(size, UNIT_MARK, { value: unit, enumerable: true }));
  }
}

/** Calls back with the parts at a path, each of a list's. */
function visit(root: Part, path: readonly string[], found: (part: Part) => void, from = 0): void {
  let part: unknown = root;
  for (let depth = from; depth < path.length; depth += 1) {
    part = (part as Part)[path[depth] as string];
    if (typeof part !== "object" || part === null) return;
    if (Array.isArray(part)) {
      for (const each of part) visit(each, path, found, depth + 1);
      return;
    }
  }
  found(part as Part);
}
