import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceState } from "../service/state-file.ts";
import { stateFileOf } from "../service/state-file.ts";

/**
 * What a warm evaluator says of itself beside its socket.
 *
 * @returns `undefined` where it says nothing, or nothing that can be read.
 */
export function readState(socket: string): ServiceState | undefined {
  try {
    const state = JSON.parse(readFileSync(stateFileOf(socket), "utf8")) as Partial<ServiceState> | null;
    if (typeof state?.pid !== "number" || typeof state.ready !== "boolean") return undefined;
    const text = (value: unknown): boolean => value === undefined || typeof value === "string";
    return [state.digest, state.since, state.problem].every(text) ? (state as ServiceState) : undefined;
  } catch {
    return undefined;
  }
}

/** The users that a process's descendants run as, root left out: by name, or else by number. */
export function usersBelow(pid: number, proc: string, passwd: string): readonly string[] {
  const processes = readdirSync(proc).flatMap((entry) => (/^\d+$/.test(entry) ? readProcess(entry, proc) : []));
  const below = new Set([pid]);
  // a child can have a lower number than its parent
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const each of processes) if (below.has(each.parent)) below.add(each.pid);
  }
  const uids = new Set(processes.filter((each) => below.has(each.pid)).map(({ uid }) => uid));
  uids.delete("0");
  const accounts = readText(passwd)
    .split("\n")
    .map((line) => line.split(":"));
  return [...uids].map((uid) => accounts.find((account) => account[2] === uid)?.[0] ?? `uid ${uid}`).sort();
}

function readProcess(entry: string, proc: string): { pid: number; parent: number; uid: string }[] {
  const status = readText(join(proc, entry, "status"));
  const parent = /^PPid:\t(\d+)$/m.exec(status)?.[1];
  const uid = /^Uid:\t\d+\t(\d+)/m.exec(status)?.[1];
  return parent === undefined || uid === undefined ? [] : [{ pid: Number(entry), parent: Number(parent), uid }];
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
