import { join, relative, resolve, sep } from "node:path";
import { productModules, productRoot } from "../product.ts";

/** Files under this name are virt-warden's own, wherever it is installed. */
const OWN = "virt-warden";

/** Where a policy's sources lie. */
export interface SourcePlaces {
  /** The folder of the configuration, as the real path. */
  readonly folder: string;
  /** The policy's own file: its real path, and its path from there as the configuration has it, links and all. */
  readonly entry: { readonly real: string; readonly shown: string };
}

/**
 * Rewrites the sources of a source map, so that they name files as people know them and say nothing of the host: relative
 * to the configuration's folder, and `virt-warden/…` for virt-warden's own.
 *
 * @param mapText a map that esbuild wrote for a file in the configuration's folder.
 * @returns the map as one line of JSON.
 */
export function withShownSources(mapText: string, { folder, entry }: SourcePlaces): string {
  const map = JSON.parse(mapText) as { readonly sources: readonly string[] };
  const sources = map.sources.map((source) => {
    const file = resolve(folder, decode(source));
    const isLinked = file === entry.real && !entry.shown.startsWith("../");
    return isLinked ? entry.shown : shownPath(file, folder);
  });
  return JSON.stringify({ ...map, sources });
}

/** Sources are URLs: esbuild writes some letters of a path as `%C3%BC`. */
function decode(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}

function shownPath(file: string, folder: string): string {
  if (isIn(file, join(productRoot, "dist"))) return join(OWN, relative(productRoot, file));
  const path = relative(folder, file);
  // a folder of the user's own that happens to have our name
  if (isIn(file, folder)) return path.startsWith(`${OWN}/`) ? `./${path}` : path;
  if (isIn(file, productRoot)) return join(OWN, relative(productRoot, file));
  const modules = productModules.find((each) => isIn(file, each));
  return modules === undefined ? path : join(OWN, "node_modules", relative(modules, file));
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(folder + sep);
}
