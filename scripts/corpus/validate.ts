import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { KINDS, type Kind } from "./read-document.ts";

const SCHEMAS = ["domain.rng", "network.rng", "networkport.rng"];

/** A file and what it should be. */
export interface Candidate {
  readonly file: string;
  readonly kind: Kind;
}

/** Whether a folder holds libvirt's schemas. */
export function hasSchemas(folder: string): boolean {
  return SCHEMAS.every((schema) => existsSync(join(folder, schema)));
}

/**
 * Validates documents with xmllint, those of a kind in one process.
 *
 * @param schemas The folder of libvirt's schemas.
 * @returns The files that are valid.
 * @throws Error when xmllint cannot be run or cannot read the schemas.
 */
export function findValid(candidates: readonly Candidate[], schemas: string): Set<string> {
  const valid = KINDS.flatMap((kind) => {
    const files = candidates.filter((candidate) => candidate.kind === kind).map(({ file }) => file);
    return files.length === 0 ? [] : validFiles(files, kind, resolve(schemas));
  });
  return new Set(valid);
}

function validFiles(files: readonly string[], kind: Kind, schemas: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-corpus-"));
  try {
    // Links, because xmllint takes names for URIs and prints them.
    const names = files.map((file, index) => {
      symlinkSync(resolve(file), join(folder, `${index}.xml`));
      return `${index}.xml`;
    });
    const verdicts = new Set(runXmllint(names, schemaOf(kind, schemas, folder), folder).split("\n"));
    return files.filter((_, index) => verdicts.has(`${index}.xml validates`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What xmllint says of each file. */
function runXmllint(names: readonly string[], schema: string, folder: string): string {
  const { status, signal, stderr, error } = spawnSync(
    "xmllint",
    ["--nonet", "--huge", "--noout", "--relaxng", schema, ...names],
    { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (error !== undefined) {
    throw new Error(`Cannot validate documents: ${error.message}; install xmllint (libxml2-utils)`, { cause: error });
  }
  // 1: one is not well-formed; 3 and 4: one is not valid
  if (status === null || ![0, 1, 3, 4].includes(status)) {
    throw new Error(`Cannot validate documents: xmllint ended with ${status ?? signal}: ${stderr.slice(0, 2000)}`);
  }
  return stderr;
}

function schemaOf(kind: Kind, schemas: string, folder: string): string {
  if (kind !== "hookData") return join(schemas, `${kind}.rng`);
  // libvirt has no schema for it, but for what is inside.
  const reference = (name: string) => `<externalRef href="${pathToFileURL(join(schemas, `${name}.rng`)).href}"/>`;
  const path = join(folder, "hookData.rng");
  writeFileSync(
    path,
    `<element name="hookData" xmlns="http://relaxng.org/ns/structure/1.0">
      <interleave>${reference("network")}<optional>${reference("networkport")}</optional></interleave>
    </element>`,
  );
  return path;
}
