import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What libxml2 says of a document, also of one that it reads all the same. */
export interface Complaint {
  /** 1-based; libxml2 counts line feeds only. */
  readonly line: number;
  /** `parser error`, `namespace error`, `parser warning`, … */
  readonly kind: string;
  readonly message: string;
}

/** libxml2's verdict on a document. */
export interface Verdict {
  readonly isAccepted: boolean;
  readonly complaints: readonly Complaint[];
  /** The document as libxml2 prints it: declarations and attributes in their order, no CDATA. */
  readonly plain: string;
  /** The document in canonical form; empty where it has none (a namespace that is a relative URI or none). */
  readonly canonical: string;
}

/** A well-formed document printed after each of the others: what is printed between two of it is of one document. */
const SEPARATOR = "<separator-6f1d0c2e/>";
const PRINTED_SEPARATOR = `<?xml version="1.0" encoding="UTF-8"?>\n${SEPARATOR}\n`;
const CANONICAL_SEPARATOR = "<separator-6f1d0c2e></separator-6f1d0c2e>";

const PLAIN = ["--nonet", "--nocdata", "--encode", "UTF-8"];
const CANONICAL = ["--nonet", "--c14n"];

/**
 * Lifts libxml2's limit of 256 levels, above which virt-warden's own of 512 lies. It lifts limits on the lengths of
 * names, texts and entities too, so it is given only for documents that were refused for their depth.
 */
const HUGE = "--huge";
const TOO_DEEP = "Excessive depth in document";

interface FileVerdict extends Verdict {
  readonly file: string;
}

interface FileComplaint extends Complaint {
  readonly file: string;
}

interface Run {
  /** What was printed of each file; empty for one that was refused. */
  readonly printed: readonly string[];
  readonly complaints: readonly FileComplaint[];
}

export function hasXmllint(): boolean {
  return spawnSync("xmllint", ["--version"]).status === 0;
}

/** Has libxml2 read documents, a few processes for all of them, and returns a verdict for each. */
export function judge(documents: readonly Uint8Array[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-xmllint-"));
  try {
    writeFileSync(join(folder, "separator"), SEPARATOR);
    const files = documents.map((document, index) => {
      writeFileSync(join(folder, `document-${index}`), document);
      return `document-${index}`;
    });
    const verdicts = judgeFiles(folder, files, []);
    const deep = judgeFiles(
      folder,
      files.filter((_, index) => verdicts[index]?.complaints.some(({ message }) => message.startsWith(TOO_DEEP))),
      [HUGE],
    );
    return verdicts.map((verdict) => deep.find(({ file }) => file === verdict.file) ?? verdict);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function judgeFiles(folder: string, files: readonly string[], flags: readonly string[]): FileVerdict[] {
  const plain = run(folder, [...PLAIN, ...flags], files, PRINTED_SEPARATOR);
  const accepted = files.filter((_, index) => plain.printed[index] !== "");
  const canonical = run(folder, [...CANONICAL, ...flags], accepted, CANONICAL_SEPARATOR);
  const canonicalOf = new Map(accepted.map((file, index) => [file, canonical.printed[index] ?? ""]));
  const complaintsOf = Map.groupBy(plain.complaints, ({ file }) => file);
  return files.map((file, index) => ({
    file,
    isAccepted: plain.printed[index] !== "",
    complaints: complaintsOf.get(file) ?? [],
    plain: plain.printed[index] ?? "",
    canonical: canonicalOf.get(file) ?? "",
  }));
}

function run(folder: string, flags: readonly string[], files: readonly string[], separator: string): Run {
  if (files.length === 0) return { printed: [], complaints: [] };
  const operands = files.flatMap((file) => [file, "separator"]);
  const { stdout, stderr, error } = spawnSync("xmllint", [...flags, ...operands], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  const printed = stdout?.split(separator) ?? [];
  if (printed.pop() !== "" || printed.length !== files.length)
    throw new Error(`Cannot judge with xmllint: it did not read all files: ${error?.message ?? stderr.slice(-1000)}`);
  return { printed, complaints: complaintsIn(stderr) };
}

/** A complaint begins with its file and line; what follows it quotes the document. */
function complaintsIn(stderr: string): FileComplaint[] {
  const found = stderr.matchAll(/^(document-\d+):(\d+): ([a-zA-Z0-9 ]+) : ([^\n]*)$/gm);
  return [...found].map(([, file = "", line, kind = "", message = ""]) => ({
    file,
    line: Number(line),
    kind,
    message,
  }));
}
