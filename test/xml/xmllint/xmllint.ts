import { spawnSync } from "node:child_process";
import { readCanonical } from "./canonical.ts";
import type { Meaning } from "./meaning.ts";

/** libxml2's verdict on a document. */
export interface Verdict {
  readonly isWellFormed: boolean;
  /** What it complained about, also where it read on. */
  readonly complaints: string;
}

export function hasXmllint(): boolean {
  return spawnSync("xmllint", ["--version"]).status === 0;
}

export function judge(document: string): Verdict {
  const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "-"], { input: document, encoding: "utf8" });
  if (status !== 0 && status !== 1) throw new Error(`Cannot judge with xmllint: it ended with ${status}: ${stderr}`);
  return { isWellFormed: status === 0, complaints: stderr };
}

/** What libxml2 understands of a well-formed document; `undefined` where it has no canonical form (relative namespaces). */
export function understand(document: string): Meaning | undefined {
  const { status, stdout } = spawnSync("xmllint", ["--nonet", "--c14n", "-"], { input: document, encoding: "utf8" });
  return status === 0 && stdout !== "" ? readCanonical(stdout) : undefined;
}
