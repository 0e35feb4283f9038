import { existsSync, globSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { defaultConfiguration } from "../config/default-configuration.ts";
import { UserError } from "../user-error.ts";

const TEST = /\.test\.ts$/;

/**
 * The test files that places name.
 *
 * @param places Files, and folders with all below them; the folder of the configuration where there are none.
 * @param folder Where the configuration lies.
 * @returns Absolute paths, sorted, each once.
 * @throws {UserError} where a place is neither, or none of them has a test.
 */
export function findTests(places: readonly string[], folder: string): readonly string[] {
  const looked = places.length === 0 ? [folder] : places.map((place) => resolve(place));
  const found = looked.flatMap((place) => testsIn(place));
  if (found.length > 0) return [...new Set(found)].sort();
  throw new UserError(looked.map((file) => ({ file, message: "there is no test here: no file *.test.ts" })));
}

function testsIn(place: string): readonly string[] {
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) throw new UserError([{ file: place, message: "cannot find it: name a test, or a folder" }]);
  if (!stats.isDirectory()) {
    if (TEST.test(place)) return [place];
    throw new UserError([{ file: place, message: "it is not a test: tests are named *.test.ts" }]);
  }
  const paths = globSync("**/*.test.ts", {
    cwd: place,
    exclude: (name) => relative("", name).includes("node_modules"),
  });
  // a folder may have such a name; what a broken link names is said when it is read
  const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return paths.map((path) => join(place, path)).filter((path) => !isFolder(path));
}

/**
 * The configuration that tests at some places belong to: the nearest above the first place, else what other commands take.
 *
 * @throws {UserError} see {@link defaultConfiguration}.
 */
export function configurationFor([place]: readonly string[]): string {
  for (let folder = resolve(place ?? "."); ; folder = dirname(folder)) {
    const file = join(folder, "virt-warden.yaml");
    if (place !== undefined && existsSync(file)) return file;
    if (place === undefined || dirname(folder) === folder) return defaultConfiguration();
  }
}
