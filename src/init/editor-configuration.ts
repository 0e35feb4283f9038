import { isAbsolute, join, relative } from "node:path";
import { OPTIONS, typePaths } from "../bundle/type-paths.ts";

/**
 * The text of a policy folder's `tsconfig.json`: editors read it, builds do not. It names this product's typings, so that
 * they resolve on a host without npm.
 *
 * @param folder where it is to lie, as an absolute path.
 */
export function editorConfiguration(folder: string): string {
  const shown = (path: string): string => shownFrom(folder, path);
  const paths = Object.entries(typePaths(folder)).map(([name, places]) => [name, places.map(shown)] as const);
  const configuration = {
    extends: shown(OPTIONS),
    compilerOptions: { paths: Object.fromEntries(paths) },
    include: ["**/*.ts"],
  };
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

/** A path that moves with the folder where it lies in it. */
function shownFrom(folder: string, path: string): string {
  const below = relative(folder, path);
  return below.startsWith("..") || isAbsolute(below) ? path : `./${join(below)}`;
}
