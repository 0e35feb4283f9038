import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Problem } from "../user-error.ts";
import { compilerPath } from "./compiler-path.ts";
import { parseDiagnostics } from "./diagnostics.ts";
import { DOCUMENTS, LIBRARY, OPTIONS, typePaths } from "./type-paths.ts";

/** What the paths that the compiler prints start from: a folder that is no link and that anybody may enter. */
const WORKING_FOLDER = "/";

/**
 * Type-checks policies with TypeScript's compiler, under options of its own: a tsconfig.json that lies around is for editors.
 *
 * @param files absolute paths.
 * @param folder where the configuration lies.
 * @returns a problem for each error.
 */
export async function checkTypes(files: readonly string[], folder: string): Promise<Problem[]> {
  const temporary = await mkdtemp(join(tmpdir(), "virt-warden-types-"));
  try {
    const project = join(temporary, "tsconfig.json");
    // the bundler goes by real paths too
    const realFiles = await Promise.all(files.map((file) => realpath(file)));
    const compilerOptions = { paths: typePaths(folder), noErrorTruncation: true };
    await writeFile(
      project,
      JSON.stringify({ extends: OPTIONS, compilerOptions, files: [LIBRARY, DOCUMENTS, ...realFiles] }),
    );
    const { status, output } = await run(compilerPath(), ["--project", project, "--pretty", "false"]);
    const problems = parseDiagnostics(output, WORKING_FOLDER, folder);
    if (status !== 0 && problems.length === 0) {
      throw new Error(`Cannot type-check policies: the compiler ended with ${status}: ${output.trim()}`);
    }
    return problems;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Runs the compiler; its status is an exit code, or the name of the signal that ended it. */
function run(program: string, args: readonly string[]): Promise<{ status: number | string; output: string }> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: WORKING_FOLDER, env: {}, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      const status = error === null ? 0 : (error.code ?? error.signal ?? "unknown");
      if (error !== null && typeof error.code === "string") {
        reject(new Error(`Cannot type-check policies: cannot run ${program}: ${error.message}`));
      } else resolve({ status, output: stdout + stderr });
    });
  });
}
