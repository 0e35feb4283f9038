import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { productModules, productRoot } from "../product.ts";

const MODULES = `${sep}node_modules${sep}`;

/** One import of a policy's, resolved. All paths are real ones. */
export interface ResolvedImport {
  /** As it is written. */
  readonly specifier: string;
  /** The importing file. */
  readonly importer: string;
  /** What it resolves to. */
  readonly file: string;
  /** The folder of the configuration. */
  readonly folder: string;
}

/** Whether a file is a package's, and not the user's own; the configuration itself may lie in a package. */
export function isPackaged(file: string, folder: string): boolean {
  return (file.startsWith(folder + sep) ? file.slice(folder.length) : file).includes(MODULES);
}

/**
 * Whether an import stays where it may read. A package takes in its own files and other packages; the user's own files
 * may take in code from anywhere, and data from the configuration's folder, packages, and their own package.
 */
export function isWithinBounds({ specifier, importer, file, folder }: ResolvedImport): boolean {
  const isRelative = /^\.{1,2}(?:\/|$)/.test(specifier);
  if (isRelative && !/\.(?:json|xml)$/.test(file) && !isPackaged(importer, folder)) return true;
  const bounds = [
    ...(isPackaged(importer, folder) ? [] : [folder]),
    productRoot,
    ...productModules,
    ...ownPackage(importer, folder),
    ...(isRelative ? [] : namedPackages(specifier, importer)),
  ];
  return bounds.some((bound) => file.startsWith(bound + sep));
}

/** The folder of the package that a file outside the configuration's folder belongs to. */
function ownPackage(file: string, folder: string): readonly string[] {
  if (isPackaged(file, folder)) {
    const start = file.lastIndexOf(MODULES) + MODULES.length;
    return [file.slice(0, start) + packageName(file.slice(start))];
  }
  if (file.startsWith(folder + sep)) return [];
  const found = foldersAbove(file).find((each) => existsSync(join(each, "package.json")));
  return [found ?? dirname(file)];
}

/** The folders of all packages of the name that a specifier begins with, wherever they are linked to. */
function namedPackages(specifier: string, importer: string): readonly string[] {
  const name = packageName(specifier);
  return [...foldersAbove(importer).map((each) => join(each, "node_modules")), ...productModules]
    .map((modules) => join(modules, name))
    .filter((each) => existsSync(each))
    .map((each) => realpathSync(each));
}

/** `name` or `@scope/name`. */
function packageName(path: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
}

/** From the file's own folder to the root. */
function foldersAbove(file: string): readonly string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}
