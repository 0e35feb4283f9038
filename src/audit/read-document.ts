import { readInput } from "../read-input.ts";
import { stateDomain } from "./state-domain.ts";

/** A document at rest. */
export interface DocumentAtRest {
  /** At most one more than a document may have. */
  readonly bytes: Uint8Array;
  /** Whether it is from the state of a guest that runs. */
  readonly isRunning: boolean;
}

/**
 * Reads a document at rest; of a guest's state, the guest as it runs.
 *
 * @throws Error of the file system.
 */
export function readDocument(file: string): DocumentAtRest {
  const bytes = readInput(file);
  const domain = stateDomain(bytes);
  return { bytes: domain ?? bytes, isRunning: domain !== undefined };
}
