import { readInput } from "../read-input.ts";
import { stateDomain } from "./state-domain.ts";

/**
 * Reads a document at rest; of a guest's state, the guest as it runs.
 *
 * @returns its bytes, at most one more than a document may have.
 * @throws Error of the file system.
 */
export function readDocument(file: string): Uint8Array {
  const bytes = readInput(file);
  return stateDomain(bytes) ?? bytes;
}
