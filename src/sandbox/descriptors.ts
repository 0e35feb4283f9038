import { closeSync, fstatSync, readFileSync, readSync } from "node:fs";
import { EngineFailure, type EngineFailureCode } from "../engine/engine-failure.ts";
import { MAX_BYTES } from "../xml/limits.ts";
import type { FileDigests } from "./open-bundle.ts";

/** What the wall opens for the evaluator; the shell side (`bin/evaluate.sh`) knows these as well. */
const DOCUMENT = 0;
const CODE = 4;
const MANIFEST = 5;
const TOLD = 9;

/** What `sha256sum` prints of code and manifest. */
const DIGESTS = /^([0-9a-f]{64}) .*\n([0-9a-f]{64}) .*\n/;

/** Reads the document, at most one byte more than is allowed: that one shows that there was more. */
export function readDocumentBytes(): Uint8Array {
  const size = Math.min(fstatSync(DOCUMENT).size, MAX_BYTES + 1);
  const bytes = Buffer.allocUnsafe(size);
  let filled = 0;
  while (filled < size) {
    const count = readSync(DOCUMENT, bytes, filled, size - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Reads the bundle's `policies.js`. */
export function readCode(): Buffer {
  return readFileSync(CODE);
}

/** Reads the bundle's `manifest.json`. */
export function readManifestText(): Buffer {
  return readFileSync(MANIFEST);
}

let told: string | undefined;

/** What the wall's outer side tells: digests of the bundle's files, then which guests run, where that is needed. */
function readTold(): string {
  if (told !== undefined) return told;
  const status = fstatSync(TOLD);
  // where the wall opened nothing, the descriptor may be one of the runtime's own
  if (!status.isFIFO() && !status.isFile()) throw new Error("it is neither a pipe nor a file");
  told = readFileSync(TOLD, "utf8");
  return told;
}

/**
 * Reads the digests of the bundle's files.
 *
 * @throws EngineFailure `evaluator` where they are not told.
 */
export function readDigests(): FileDigests {
  const [, code, manifest] = reading("the bundle's digests", "evaluator", () => DIGESTS.exec(readTold())) ?? [];
  if (code !== undefined && manifest !== undefined) return { code, manifest };
  throw new EngineFailure(
    "evaluator",
    "cannot read the bundle's digests: sha256sum gave none; install coreutils again",
  );
}

/**
 * Reads which guests run, as the wall's outer side found it. At the events of policies that need it the wall tells it.
 *
 * @throws EngineFailure `state` where it cannot be read.
 */
export function readGuestsText(): string {
  return reading("which guests run", "state", () => readTold().replace(DIGESTS, ""));
}

function reading<T>(what: string, code: EngineFailureCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = `cannot read ${what}: descriptor ${TOLD}: ${(error as Error).message}`;
    throw new EngineFailure(code, `${reason}; install virt-warden again`);
  }
}

/** Closes what the caller of the wall left open: the shell can name no descriptor beyond 9. */
export function closeDescriptors(descriptors: readonly number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor);
}
