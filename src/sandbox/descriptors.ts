import { closeSync, fstatSync, readFileSync, readSync } from "node:fs";
import { EngineFailure } from "../engine/engine-failure.ts";
import { MAX_BYTES } from "../xml/limits.ts";

/** What the wall opens for the evaluator; the shell side (`bin/evaluate.sh`) knows these as well. */
const DOCUMENT = 0;
const CODE = 4;
const MANIFEST = 5;
const GUESTS = 9;

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

/**
 * Reads which guests run, as the wall's outer side found it. At the events of policies that need it the wall opens it.
 *
 * @throws EngineFailure `state` where it cannot be read.
 */
export function readGuestsText(): string {
  try {
    const status = fstatSync(GUESTS);
    // where the wall opened nothing, the descriptor may be one of the runtime's own
    if (!status.isFIFO() && !status.isFile()) throw new Error("it is neither a pipe nor a file");
    return readFileSync(GUESTS, "utf8");
  } catch (error) {
    const reason = `cannot read which guests run: descriptor ${GUESTS}: ${(error as Error).message}`;
    throw new EngineFailure("state", `${reason}; install virt-warden again`);
  }
}

/** Closes what the caller of the wall left open: the shell can name no descriptor beyond 9. */
export function closeDescriptors(descriptors: readonly number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor);
}
