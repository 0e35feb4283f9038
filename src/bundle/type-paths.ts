import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { productModules, productRoot } from "../product.ts";

/** The library file that declares a policy's global scope, in place of TypeScript's own. */
export const LIBRARY: string = join(productRoot, "typings", "globals.d.ts");

/** The library file that declares what tests import beside code: documents. */
export const DOCUMENTS: string = join(productRoot, "typings", "documents.d.ts");

/** The compiler's options for policies, which editors read as well. */
export const OPTIONS: string = join(productRoot, "typings", "tsconfig.policies.json");

/** Packages that policies may import without installing them: virt-warden brings them along. */
const BROUGHT = ["valibot", "@standard-schema/spec"];

/**
 * Where the compiler finds types that need not be installed beside the policies.
 *
 * @param folder where the configuration lies; a package installed there, or above, goes first.
 * @returns what `paths` of a tsconfig.json takes.
 */
export function typePaths(folder: string): Record<string, string[]> {
  const paths: Record<string, string[]> = {
    "virt-warden": [join(productRoot, "typings", "index.d.ts")],
    "virt-warden/test": [join(productRoot, "typings", "test.d.ts")],
  };
  for (const name of BROUGHT.filter((name) => !isInstalled(name, folder))) {
    const brought = productModules.map((modules) => join(modules, name)).find((path) => existsSync(path));
    if (brought !== undefined) paths[name] = [brought];
  }
  return paths;
}

function isInstalled(name: string, folder: string): boolean {
  if (existsSync(join(folder, "node_modules", name))) return true;
  return dirname(folder) !== folder && isInstalled(name, dirname(folder));
}
