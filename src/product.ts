import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the running virt-warden: of its package.json, wherever this module was bundled to. */
export const productRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The `node_modules` folders that hold what virt-warden depends on: its own, and the one that it is installed in. */
export const productModules: readonly string[] = [
  join(productRoot, "node_modules"),
  ...(basename(dirname(productRoot)) === "node_modules" ? [dirname(productRoot)] : []),
];

function findRoot(folder: string): string {
  if (packageName(folder) === "virt-warden") return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("Cannot find virt-warden's own folder: no package.json with its name above");
  return findRoot(parent);
}

function packageName(folder: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: unknown }).name;
  } catch {
    return undefined;
  }
}
