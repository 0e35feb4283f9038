import { readFileSync } from "node:fs";
import { type ServiceState, stateFileOf } from "../../src/service/state-file.ts";

/** Whether the service at a socket says of itself that it decides. */
export function isReady(socket: string): boolean {
  try {
    return (JSON.parse(readFileSync(stateFileOf(socket), "utf8")) as ServiceState).ready;
  } catch {
    // not there yet
    return false;
  }
}
