import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a service says of itself, beside its socket. */
export interface ServiceState {
  /** The supervisor's process. */
  readonly pid: number;
  /** Whether it decides. */
  readonly ready: boolean;
  /** SHA-256 of the manifest of the bundle in force, in hex; missing before there is one. */
  readonly digest?: string;
  /** Since when that bundle decides, as ISO 8601. */
  readonly since?: string;
  /** Why a newer bundle does not, or why none does. */
  readonly problem?: string;
}

/** The name of the file beside the socket. */
const NAME = "serve.json";

/** Where the state of the service at a socket is. */
export function stateFileOf(socket: string): string {
  return join(dirname(socket), NAME);
}

/** Writes it, so that it is whole whenever somebody reads it. */
export function writeState(socket: string, state: ServiceState): void {
  const file = stateFileOf(socket);
  const unfinished = `${file}.${process.pid}`;
  // a new file, and no link of anybody's
  rmSync(unfinished, { force: true });
  writeFileSync(unfinished, `${JSON.stringify(state)}\n`, { mode: 0o644, flag: "wx" });
  renameSync(unfinished, file);
}

/** Removes it, unless it is another service's by now. */
export function removeState(socket: string): void {
  const file = stateFileOf(socket);
  try {
    const { pid } = JSON.parse(readFileSync(file, "utf8")) as Partial<ServiceState>;
    if (pid !== process.pid) return;
  } catch {
    // what nobody can read is of no use
  }
  rmSync(file, { force: true });
}
