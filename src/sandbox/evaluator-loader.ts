/**
 * The file that the evaluator's Node starts with. The evaluator itself is in a pack beside it, on descriptor 1, with V8's
 * code cache: made from it after a whole decision, so that nothing has to be compiled for the next. Where the cache is
 * another Node's, V8 compiles as ever.
 *
 * @see https://nodejs.org/api/vm.html#scriptcreatecacheddata
 */
import { fstatSync, readSync } from "node:fs";
import { Script } from "node:vm";

/** Where the wall opens the pack: dash can name no descriptor beyond 9, and the others are in use. */
const PACK = 1;

type Program = (load: NodeJS.Require) => void;

/** Reads the pack: a line `virt-warden-pack 1 NODE ARCHITECTURE SOURCE_BYTES CACHE_BYTES`, then source and cache. */
function readPack(): { readonly source: string; readonly cachedData?: Buffer } {
  const { size } = fstatSync(PACK);
  // no other text may share its memory
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let filled = 0; filled < size; ) {
    const count = readSync(PACK, bytes, filled, size - filled, filled);
    if (count === 0) throw new Error("dist/evaluator.pack is cut off");
    filled += count;
  }
  const start = bytes.indexOf("\n") + 1;
  const [, , node, arch, length, cached] = bytes.toString("latin1", 0, start - 1).split(" ");
  const end = start + Number(length);
  const source = bytes.toString("latin1", start, end);
  if (size !== end + Number(cached)) throw new Error("dist/evaluator.pack is not whole");
  const isOurs = node === process.version && arch === process.arch && cached !== "0";
  return isOurs ? { source, cachedData: bytes.subarray(end) } : { source };
}

const { source, ...cache } = readPack();
(new Script(source, { filename: "evaluator.cjs", ...cache }).runInThisContext() as Program)(require);
