import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { BenchError } from "./bench-error.ts";
import { run } from "./run.ts";

/** The programs that the bench measures with and against, and what they say of themselves. */
export interface Tools {
  readonly hyperfine: string;
  /** `xmllint`'s libxml2. */
  readonly xmllint: string;
  readonly python: string;
  readonly lxml: string;
  /** Whether GNU time is there, which tells a program's peak memory. */
  readonly hasTime: boolean;
}

/** As the scripts of `peers/` name it. */
export const PYTHON = "/usr/bin/python3";

/** GNU's, not the shell's own. */
export const GNU_TIME = "/usr/bin/time";

/**
 * Looks for the tools.
 *
 * @throws {BenchError} that says what to install.
 */
export async function findTools(signal: AbortSignal): Promise<Tools> {
  const hyperfine = await ask(["hyperfine", "--version"], /hyperfine (\S+)/, "hyperfine", signal);
  // 20914 is 2.9.14
  const libxml2 = await ask(["xmllint", "--version"], /libxml version (\d+)/, "libxml2-utils", signal);
  const xmllint = [Number(libxml2.slice(0, -4)), Number(libxml2.slice(-4, -2)), Number(libxml2.slice(-2))].join(".");
  const python = await ask([PYTHON, "--version"], /Python (\S+)/, "python3", signal);
  const question = "import lxml.etree; print('lxml', lxml.etree.__version__)";
  const lxml = await ask([PYTHON, "-c", question], /lxml (\S+)/, "python3-lxml", signal);
  const hasTime = await access(GNU_TIME, constants.X_OK).then(
    () => true,
    () => false,
  );
  return { hyperfine, xmllint, python, lxml, hasTime };
}

async function ask(
  words: readonly string[],
  answer: RegExp,
  packageName: string,
  signal: AbortSignal,
): Promise<string> {
  const { stdout, stderr } = await run({ words }, signal).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return { stdout: "", stderr: "" };
  });
  const version = answer.exec(`${stdout}\n${stderr}`)?.[1];
  if (version !== undefined) return version;
  throw new BenchError(`${packageName} is missing: install it, for example: apt install ${packageName}`);
}
