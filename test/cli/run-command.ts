import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const LAUNCHER = fileURLToPath(import.meta.resolve("../../bin/virt-warden"));

/** What a command answered. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the product through its launcher, away from any terminal. */
export function runCommand(words: readonly string[], { input = "", cwd = "/" } = {}): Answer {
  const { FORCE_COLOR: _, NO_COLOR: __, ...env } = process.env;
  const options = { input, cwd, env, encoding: "utf8", maxBuffer: 64 * 2 ** 20 } as const;
  const { status, stdout, stderr } = spawnSync(LAUNCHER, words, options);
  return { status, stdout, stderr };
}

/** Runs a command whose stdin comes in pieces, each later than a reader expects it, through a pipe that does not block. */
export async function runSlowly(words: readonly string[], pieces: readonly string[]): Promise<string> {
  const { stdin, stdout } = spawn(LAUNCHER, words, { stdio: ["pipe", "pipe", "inherit"] });
  const output = text(stdout);
  for (const piece of pieces) {
    await setTimeout(400);
    stdin.write(piece);
  }
  stdin.end();
  return output;
}

/** Runs a command in a shell's script, which has it as `"$@"`. */
export function runInScript(script: string, words: readonly string[]): Answer {
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script, "sh", LAUNCHER, ...words], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Runs a command whose output is read by a program that may leave early; the status is the command's own. */
export function runCut(words: readonly string[], reader: string): Answer {
  const { stdout, stderr } = runInScript(`{ "$@"; echo "status $?" >&2; } | ${reader}`, words);
  const [said = "", own] = stderr.split(/status (\d+)\n$/);
  return { status: Number(own), stdout, stderr: said };
}

/** The objects of `--json`, one a line. */
export function jsonLines<T>(stdout: string): T[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}
