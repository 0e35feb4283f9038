import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { productRoot } from "../product.ts";

/** In characters: what a process says when it dies is for one line. */
const MAX_COMPLAINT = 300;

/** What a child has on its descriptors: stdin, then those from 3 on; each a descriptor of ours, a new one, Node's channel. */
export type ChildDescriptors = readonly ["ignore" | "pipe", ...(readonly ("pipe" | "ipc" | number)[])];

/** A process of the service. It ends with this one, however this one ends. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when it is gone, with what is to be said of that. */
  readonly ended: Promise<string>;
}

/**
 * Starts a program of `bin/`, whose first word is this process.
 */
export function startChild(program: string, words: readonly string[], [stdin, ...others]: ChildDescriptors): Child {
  const command = [join(productRoot, "bin", program), String(process.pid), ...words];
  const child = spawn("setpriv", ["--pdeathsig", "KILL", "/bin/sh", ...command], {
    stdio: [stdin, "ignore", "pipe", ...others],
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" },
    // a terminal's Ctrl-C goes to a whole group, and they have to end what they began
    detached: true,
  });
  // one that ended reads nothing any more
  child.stdin?.on("error", () => {});
  let complaint = "";
  child.stderr?.on("data", (piece: Buffer) => {
    if (complaint.length < MAX_COMPLAINT) complaint += piece.toString();
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (status, signal) => {
      const how = signal === null ? `it ended with ${status}` : `it was ended by ${signal}`;
      const said = complaint
        .replaceAll(/\s+/g, " ")
        .replaceAll(/[^ -~]/g, "?")
        .trim();
      resolve(said === "" ? how : `${how}: ${said.slice(0, MAX_COMPLAINT)}`);
    });
  });
  return { process: child, ended };
}
