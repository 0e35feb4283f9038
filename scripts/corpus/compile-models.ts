import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { compilerPath } from "../../src/bundle/compiler-path.ts";
import { parseDiagnostics } from "../../src/bundle/diagnostics.ts";
import { LIBRARY, OPTIONS, typePaths } from "../../src/bundle/type-paths.ts";
import type { Part } from "./build-parts.ts";
import type { Difference } from "./difference.ts";
import { type LiteralLine, writeLiteral } from "./literal.ts";

/** The most that the compiler may print, in bytes: every model of a batch can be wrong in many places. */
const MAX_OUTPUT = 2 ** 28;

/** A model as a file of its own. */
interface Module {
  readonly name: string;
  readonly lines: readonly LiteralLine[];
}

/** What the compiler printed, and the exit code that it ended with. */
interface Output {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Compiles each model as a constant of its type, `const d: Domain = { … }`, as a policy that imports it is compiled.
 *
 * @returns What is wrong with each, in their order.
 * @throws Error when the compiler cannot be run, does not come to its end or complains of something else.
 */
export function compileModels(parts: readonly Part[]): Difference[][] {
  if (parts.length === 0) return [];
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-corpus-"));
  try {
    const modules = parts.map((part, index) => writeModule(part, `${index}.ts`, folder));
    const project = {
      extends: OPTIONS,
      compilerOptions: { paths: typePaths(folder), noErrorTruncation: true },
      files: [LIBRARY, ...modules.map(({ name }) => name)],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    return readOutput(compile(folder), modules, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeModule({ type, name: place, model }: Part, name: string, folder: string): Module {
  const lines = [
    { text: `import type { ${type} } from "virt-warden";`, place },
    { text: `export const d: ${type} =`, place },
    ...writeLiteral(model, place),
  ];
  writeFileSync(join(folder, name), `${lines.map(({ text }) => text).join("\n")};\n`);
  return { name, lines };
}

function compile(folder: string): Output {
  const { status, signal, stdout, stderr, error } = spawnSync(
    compilerPath(),
    ["--project", folder, "--pretty", "false"],
    {
      cwd: folder,
      env: {},
      encoding: "utf8",
      maxBuffer: MAX_OUTPUT,
    },
  );
  if (error !== undefined) throw new Error(`Cannot compile the models: ${error.message}`, { cause: error });
  // What it printed until then says nothing about the models that it did not reach.
  if (status === null) throw new Error(`Cannot compile the models: ${signal} ended the compiler`);
  return { status, stdout, stderr };
}

function readOutput({ status, stdout, stderr }: Output, modules: readonly Module[], folder: string): Difference[][] {
  const differences = modules.map((): Difference[] => []);
  const indexes = new Map(modules.map(({ name }, index) => [name, index]));
  for (const { file, line = 0, message } of parseDiagnostics(stdout, folder, folder)) {
    const index = indexes.get(basename(file)) ?? -1;
    const place = modules[index]?.lines[line - 1]?.place;
    if (place === undefined) throw new Error(`Cannot compile the models: ${file}: ${message}`);
    differences[index]?.push({ place, message });
  }
  if (status !== 0 && differences.every((own) => own.length === 0)) {
    const output = `${stdout}${stderr}`.trim().slice(0, 2000);
    throw new Error(`Cannot compile the models: the compiler ended with ${status}: ${output}`);
  }
  return differences;
}
