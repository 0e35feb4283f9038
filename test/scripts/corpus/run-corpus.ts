import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { makeFolder } from "../../support/folder.ts";

const PROGRAM = join(import.meta.dirname, "../../../scripts/corpus/main.ts");

/** The folder of the project's own documents. */
export const CORPUS = join(import.meta.dirname, "../../corpus");

/** A guest without any fault. */
export const GUEST = `<domain type="kvm"><name>a</name><memory>4</memory><os><type>hvm</type></os></domain>`;
/** A network without any fault. */
export const NETWORK = "<network><name>n</name></network>";

/** What the corpus check did. */
export interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The counts that it printed last, by name. */
  readonly counts: ReadonlyMap<string, string>;
}

/** Runs the corpus check with words of the command line. */
export function run(cwd: string, ...words: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], { cwd, encoding: "utf8" });
  const counts = stdout.split("\n").map((line) => /^ *(.*\S) +([\d.]+)$/.exec(line));
  return {
    status,
    stdout,
    stderr,
    counts: new Map(counts.flatMap((match) => (match?.[1] ? [[match[1], match[2] ?? ""]] : []))),
  };
}

/** What is said of files in a folder, with the exit status. */
export async function judge(files: Readonly<Record<string, string>>): Promise<Answer> {
  return run(await makeFolder(files), ".");
}
