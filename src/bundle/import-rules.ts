import { realpathSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, sep } from "node:path";
import type { OnResolveArgs, Plugin } from "esbuild";
import { cutText } from "../hook/cut-text.ts";
import { printable } from "../hook/printable.ts";
import { productRoot } from "../product.ts";
import { displayPath } from "../user-error.ts";
import { isPackaged, isWithinBounds } from "./import-bounds.ts";

/** What `import … from "virt-warden"` is in a policy: the running engine's own file. */
export const DEFINITIONS: string = join(productRoot, "dist", "index.js");

/** What `import … from "virt-warden/test"` is in a test. */
const TEST_DEFINITIONS: string = join(productRoot, "dist", "test.js");

/** Where the files lie that it imports. */
const OWN_FOLDER: string = join(productRoot, "dist", sep);

/** What is code, or JSON; anything else that a bundler can take in would be a file of the builder's, as a text. */
const IMPORTABLE = /\.(?:[cm]?[jt]s|json)$/;

/** What a test can take in as well: documents, as texts. */
const DOCUMENT = /\.xml$/;

/** In UTF-16 units: an import can be as long as its file. */
const MAX_TEXT = 400;

const builtins = new Set(builtinModules);

/**
 * What a policy may import: a bundle goes to other hosts and its texts into their logs, so no policy and no package may
 * put files of the builder's into it.
 *
 * @param policy its file's real path; problems in packages name it.
 * @param folder where the configuration lies, as the real path.
 * @param isTest whether it is a policy's test, which may import what tests are written with, and documents.
 */
export function importRules(policy: string, folder: string, isTest = false): Plugin {
  // marks the rules' own questions to the bundler, which are not to be judged again
  const isAsked = Symbol("asked by the rules");
  const allowed = new Set([policy]);
  const refuse = (text: string, importer: string) => {
    const by = isPackaged(importer, folder) ? ` (bundled for ${displayPath(policy)})` : "";
    return { errors: [{ text: `${isTest ? "tests" : "policies"} cannot ${cutText(printable(text), MAX_TEXT)}${by}` }] };
  };
  return {
    name: "virt-warden",
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^virt-warden(?:\/|$)/ }, ({ path, importer, ...args }) => {
        if (isTest && path === "virt-warden/test") return { path: TEST_DEFINITIONS };
        if (path !== "virt-warden") return refuse(`import ${path}: it is for tests, named *.test.ts`, importer);
        return complaint(args.with) === undefined ? { path: DEFINITIONS, sideEffects: false } : undefined;
      });
      // without side effects, what a policy does not use of them stays out of its bundle
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, resolveDir }) =>
        importer.startsWith(OWN_FOLDER) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
      );
      onResolve({ filter: /.*/ }, async ({ path, ...args }) => {
        const { importer, kind, pluginData } = args;
        if (kind === "entry-point" || pluginData === isAsked) return undefined;
        const wrong = specifierComplaint(path) ?? complaint(args.with);
        if (wrong !== undefined) return refuse(wrong, importer);
        const found = await resolve(path, { ...asked(args), pluginData: isAsked });
        // the bundler says it itself
        if (found.errors.length > 0 || found.namespace !== "file") return undefined;
        const file = realpathSync(found.path);
        if (!IMPORTABLE.test(file) && !(isTest && DOCUMENT.test(file))) {
          return refuse(`import ${path}: it is neither JavaScript, nor TypeScript, nor JSON, by its name`, importer);
        }
        if (!isWithinBounds({ specifier: path, importer, file, folder })) {
          const reach = isPackaged(importer, folder) ? "its package" : "the configuration's folder";
          return refuse(`import ${path}: it lies outside ${reach}`, importer);
        }
        allowed.add(found.path);
        return undefined;
      });
      // what was never resolved came by a pattern, such as import(`./${name}.json`)
      onLoad({ filter: /.*/, namespace: "file" }, ({ path }) => {
        if (allowed.has(path) || path.startsWith(OWN_FOLDER)) return undefined;
        return refuse("import what is known only when it runs", policy);
      });
    },
  };
}

function specifierComplaint(path: string): string | undefined {
  if (path.startsWith("node:") || builtins.has(path))
    return `use Node's modules: ${path}; all that a policy may know is in its context`;
  if (path.startsWith("/")) return `import ${path}: it is an absolute path; write one that begins with ./ or ../`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) {
    const shown = /^[^:]*:/.exec(path)?.[0];
    return `import a ${shown} URL: only files and packages are bundled`;
  }
  return undefined;
}

/** An attribute says how to take a file in, as a text for one. */
function complaint(attributes: OnResolveArgs["with"]): string | undefined {
  const other = Object.entries(attributes).find(([name, value]) => name !== "type" || value !== "json");
  return other === undefined ? undefined : `import with { ${other[0]}: "${other[1]}" }: only type: "json" is possible`;
}

function asked({ importer, namespace, resolveDir, kind, with: attributes }: Omit<OnResolveArgs, "path">) {
  return { importer, namespace, resolveDir, kind, with: attributes };
}
