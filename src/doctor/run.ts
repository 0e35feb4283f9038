import { spawnSync } from "node:child_process";

/** How a program ended. */
export interface Ran {
  /** Null where it was not found, or a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program that should answer at once, in an environment without surprises.
 *
 * @param path The folders that it is looked for in.
 */
export function run(words: readonly string[], path: readonly string[]): Ran {
  const [program = "", ...rest] = words;
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: "utf8",
    env: { PATH: path.join(":"), LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 5000,
    killSignal: "SIGKILL",
  });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}
