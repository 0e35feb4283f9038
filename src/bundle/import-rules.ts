import { builtinModules } from "node:module";
import { join, sep } from "node:path";
import type { Plugin } from "esbuild";
import { productRoot } from "../product.ts";
import { displayPath } from "../user-error.ts";

/** What `import … from "virt-warden"` is in a policy: the running engine's own file. */
export const DEFINITIONS: string = join(productRoot, "dist", "index.js");

/** Where the files lie that it imports. */
const OWN_FOLDER: string = join(productRoot, "dist", sep);

const builtins = new Set(builtinModules);

/** What a policy may import. The name of the policy tells why a package's file is read at all. */
export function importRules(policy: string): Plugin {
  return {
    name: "virt-warden",
    setup({ onResolve }) {
      onResolve({ filter: /^virt-warden(?:\/|$)/ }, ({ path }) =>
        path === "virt-warden"
          ? { path: DEFINITIONS, sideEffects: false }
          : { errors: [{ text: `policies cannot import ${path}: it is for tests, named *.test.ts` }] },
      );
      // without side effects, what a policy does not use of them stays out of its bundle
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, resolveDir }) =>
        importer.startsWith(OWN_FOLDER) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
      );
      onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point" || !(path.startsWith("node:") || builtins.has(path))) return undefined;
        const by = importer.includes("/node_modules/") ? ` (bundled for ${displayPath(policy)})` : "";
        return { errors: [{ text: `policies cannot use Node's modules: ${path}${by}` }] };
      });
    },
  };
}
