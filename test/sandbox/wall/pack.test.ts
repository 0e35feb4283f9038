import assert from "node:assert/strict";
import { chmod, chown, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { type Built, build, type Ended, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { makeProduct, type Product } from "./product.ts";
import { callHook } from "./run-probe.ts";

const DENIED: Ended = { status: 1, stdout: "", stderr: "virt-warden: denied by a: decided\n" };

describe("the evaluator's pack", { concurrency: 2 }, () => {
  let built: Built;
  before(async () => {
    built = await build({ a: 'context.deny("decided");' });
  });

  /** What the hook of a copy of the product says, in which something was done to the pack. */
  async function hookAfter(change: (pack: string, product: Product) => Promise<void>): Promise<Ended> {
    const product = await makeProduct("real");
    await change(join(product.folder, "dist/evaluator.pack"), product);
    return callHook(product, built, GUEST);
  }

  /** Writes the pack anew, with words of its first line and bytes of its cache changed. */
  async function rewrite(pack: string, changed: { words?: Readonly<Record<number, string>>; byte?: number }) {
    const bytes = await readFile(pack);
    const start = bytes.indexOf("\n");
    const words = bytes.toString("latin1", 0, start).split(" ");
    const cache = start + 1 + Number(words[4]);
    if (changed.byte !== undefined) bytes[cache + changed.byte] = (bytes[cache + changed.byte] ?? 0) ^ 255;
    const line = words.map((word, index) => changed.words?.[index] ?? word).join(" ");
    const isEmpty = changed.words?.[5] === "0";
    await writeFile(pack, Buffer.concat([Buffer.from(line), bytes.subarray(start, isEmpty ? cache : bytes.length)]));
  }

  // V8's header: a magic number, then hashes of its version, of the source, of its flags
  const harmless: Readonly<Record<string, (pack: string) => Promise<void>>> = {
    "is missing": (pack) => rm(pack),
    "has no code cache": (pack) => rewrite(pack, { words: { 5: "0" } }),
    "is of another Node": (pack) => rewrite(pack, { words: { 2: "v26.0.0" } }),
    "is of another architecture": (pack) => rewrite(pack, { words: { 3: "riscv64" } }),
    "has a code cache of another V8": (pack) => rewrite(pack, { byte: 4 }),
    "has a code cache that was made with other flags": (pack) => rewrite(pack, { byte: 12 }),
  };
  for (const [what, change] of Object.entries(harmless)) {
    test(`changes nothing where it ${what}`, async () => {
      assert.deepEqual(await hookAfter(change), DENIED);
    });
  }

  test("is never read where others may change it", { ...needsRoot() }, async () => {
    const spoil = async (pack: string): Promise<void> => writeFile(pack, "not what was built");
    const refused = await hookAfter(spoil);
    assert.deepEqual([refused.status, refused.stdout], [3, ""], "it is read otherwise");
    for (const open of [(pack: string) => chmod(pack, 0o666), (pack: string) => chown(pack, 65_533, 0)]) {
      const ended = await hookAfter(async (pack) => {
        await spoil(pack);
        await open(pack);
      });
      assert.deepEqual(ended, DENIED);
    }
  });
});
