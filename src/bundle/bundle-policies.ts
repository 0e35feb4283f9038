import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { build, type Message, type OutputFile } from "esbuild";
import { productModules } from "../product.ts";
import type { Problem } from "../user-error.ts";
import { TakenNameError, withAsyncNames } from "./async-functions.ts";
import { DEFINITIONS, importRules } from "./import-rules.ts";
import { joinSlice } from "./policy-slice.ts";
import { type SourcePlaces, withShownSources } from "./source-paths.ts";
import { withoutPaths } from "./without-paths.ts";

/** Policies made one file. */
export interface BundledCode {
  /** `policies.js`: each policy is a script that assigns `__policy`, with a source map at its end. */
  readonly code: Uint8Array;
  /** Where each policy lies in it, in bytes, in the order of the files. */
  readonly slices: readonly Slice[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** One policy's code. */
interface Slice {
  /** The source file's absolute path. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

interface Built {
  readonly contents: Uint8Array;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Bundles each policy with all that it imports.
 *
 * @param files absolute paths.
 * @param folder where the configuration lies.
 * @param areTests whether they are policies' tests, which may import more.
 */
export async function bundlePolicies(files: readonly string[], folder: string, areTests = false): Promise<BundledCode> {
  if (!existsSync(DEFINITIONS)) {
    throw new Error(`Cannot bundle policies: ${DEFINITIONS} is missing; in a checkout, run npm run build`);
  }
  // esbuild finds imports by their real paths, so problems name those
  const realFolder = await realpath(folder);
  const built = await Promise.all(
    files.map(async (file) => {
      const entry = { real: await realpath(file), shown: relative(folder, file) };
      return bundleOne({ folder: realFolder, entry }, areTests);
    }),
  );
  let offset = 0;
  const slices = built.map(({ contents: { length } }, index) => {
    offset += length;
    return { file: files[index] ?? "", offset: offset - length, length };
  });
  return {
    code: Buffer.concat(built.map(({ contents }) => contents)),
    slices,
    problems: built.flatMap(({ problems }) => problems),
    warnings: built.flatMap(({ warnings }) => warnings),
  };
}

async function bundleOne(places: SourcePlaces, isTest: boolean): Promise<Built> {
  const { folder } = places;
  const file = places.entry.real;
  const toProblem = (message: Message): Problem => place(message, file, folder);
  try {
    const { outputFiles, warnings } = await build({
      entryPoints: [file],
      absWorkingDir: folder,
      bundle: true,
      write: false,
      // what the map's paths start from; nothing is written there
      outdir: folder,
      allowOverwrite: true,
      sourcemap: "external",
      sourcesContent: false,
      // comments name files
      minifyWhitespace: true,
      format: "iife",
      globalName: "__policy",
      platform: "neutral",
      mainFields: ["module", "main"],
      target: "es2024",
      // so that the global Promise makes what they return: the sandbox sees which of them nobody waited for
      supported: { "async-await": false, "async-generator": false, "for-await": false },
      charset: "ascii",
      legalComments: "none",
      nodePaths: [...productModules],
      // the same result whatever tsconfig.json lies around
      tsconfigRaw: "{}",
      define: { "process.env.NODE_ENV": '"production"' },
      // what is not in the bundle cannot be loaded inside the sandbox
      logOverride: { "unsupported-dynamic-import": "error", "unsupported-require-call": "error" },
      logLevel: "silent",
      loader: { ".xml": "text" },
      plugins: [importRules(file, folder, isTest)],
    });
    return {
      contents: slice(outputFiles, places),
      problems: [],
      warnings: warnings.map(toProblem),
    };
  } catch (error) {
    if (error instanceof TakenNameError) return refused([{ file, line: 1, message: error.message }]);
    const { errors } = error as { errors?: Message[] };
    if (errors === undefined) throw error;
    return refused(errors.map(toProblem));
  }
}

function refused(problems: readonly Problem[]): Built {
  return { contents: new Uint8Array(), problems, warnings: [] };
}

function slice(outputs: readonly OutputFile[], places: SourcePlaces): Uint8Array {
  const map = outputs.find(({ path }) => path.endsWith(".map"))?.text ?? "";
  const code = outputs.find(({ path }) => !path.endsWith(".map"))?.text ?? "";
  return joinSlice(withAsyncNames(withoutPaths(code)), withShownSources(map, places));
}

function place({ location, text }: Message, file: string, folder: string): Problem {
  if (location === null) return { file, line: 1, message: text };
  const { line, column, lineText } = location;
  // esbuild counts bytes from 0
  const before = Buffer.from(lineText).subarray(0, column).toString();
  return { file: resolve(folder, location.file), line, column: before.length + 1, message: text };
}
