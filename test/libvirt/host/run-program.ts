import { execFile } from "node:child_process";

/** Where the programs of a host are looked for, whatever PATH the test has. */
export const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** How a program ended. */
export interface Ended {
  /** The exit status; `null` where a signal ended it, the time limit's for example. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Time limit of one call in milliseconds: libvirt itself waits for a hook without end. */
const TIME_LIMIT = 120_000;

/** Runs a program to its end, whatever its status. */
export function runProgram(file: string, args: readonly string[], timeout = TIME_LIMIT): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { timeout, killSignal: "SIGKILL", env: { PATH, HOME: "/root", LC_ALL: "C" } } as const;
    const child = execFile(file, args, options, (error, stdout, stderr) => {
      resolve({ status: error ? child.exitCode : 0, stdout, stderr: stderr || (error?.message ?? "") });
    });
  });
}
