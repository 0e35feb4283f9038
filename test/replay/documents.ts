import { readFileSync } from "node:fs";

/** The documents in `documents/`, by name: guests as each driver writes them, and what the hook of networks reads. */
export type DocumentName = "qemu" | "lxc" | "libxl" | "bhyve" | "network" | "port";

/** What libvirt leaves out of a document unless it is for another host or from an image. */
const PASSWORDS = / passwd='[^']*'/g;

/** A document's text, with its passwords or without. */
export function documentText(name: DocumentName, secrets = false): string {
  const text = readFileSync(new URL(`documents/${name}.xml`, import.meta.url), "utf8");
  return secrets ? text : text.replaceAll(PASSWORDS, "");
}
