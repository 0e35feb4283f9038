import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decideBare } from "./decide-bare.ts";

const PROGRAM = "dist/evaluator.cjs";

/** What {@link packEvaluator} writes. */
export const PACK = "dist/evaluator.pack";

/**
 * Packs the evaluator with V8's code cache of it, for `evaluator-loader.ts`. The cache is made after a decision, so that
 * it holds the functions that V8 compiles only when they are called. Without one the pack is of use as well.
 */
export function packEvaluator(): void {
  const text = escaped(readFileSync(PROGRAM, "utf8"));
  const source = `(function(require){${text}\n})`;
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-pack-"));
  try {
    const cache = makeCache(folder, source);
    const header = `virt-warden-pack 1 ${process.version} ${process.arch} ${source.length} ${cache.length}\n`;
    // others may run the product meanwhile
    writeFileSync(`${PACK}.new`, Buffer.concat([Buffer.from(header + source, "latin1"), cache]));
    renameSync(`${PACK}.new`, PACK);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As ASCII, which loads fastest: esbuild leaves other characters in regular expressions. */
function escaped(source: string): string {
  return source.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** V8's code cache of the evaluator; empty where it cannot be made here, such as without isolated-vm's addon. */
function makeCache(folder: string, source: string): Buffer {
  const [program, cache] = [join(folder, "evaluator.cjs"), join(folder, "cache")];
  try {
    writeFileSync(program, source);
    const record = decideBare(["scripts/make-code-cache.cjs", program, cache]);
    if (!/^verdict 1$/m.test(record)) throw new Error(`the decision ended with ${JSON.stringify(record)}`);
    return readFileSync(cache);
  } catch (error) {
    console.warn(`dist/evaluator.pack has no code cache, and hooks take longer: ${(error as Error).message}`);
    return Buffer.alloc(0);
  }
}
