import { readInput } from "../../src/read-input.ts";
import { DocumentError } from "../../src/xml/document-error.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { rootName } from "./root-name.ts";

/** The documents that have a model, by their root element. */
export const KINDS = ["domain", "network", "networkport", "hookData"] as const;
export type Kind = (typeof KINDS)[number];

/** What came of reading a file. */
export type Reading =
  | { readonly outcome: "document"; readonly file: string; readonly kind: Kind; readonly root: XmlElement }
  /** It should have a model, and cannot be read. The kind is missing where the file itself cannot be. */
  | { readonly outcome: "refused"; readonly file: string; readonly kind?: Kind; readonly reason: string }
  /** Another kind of document. */
  | { readonly outcome: "skipped"; readonly file: string; readonly root: string }
  /** Neither a document nor one of ours. */
  | { readonly outcome: "unread"; readonly file: string; readonly reason: string };

/** Reads a file as `virt-warden inspect` does. */
export function readDocument(file: string): Reading {
  let bytes: Uint8Array;
  try {
    bytes = readInput(file);
  } catch (error) {
    return { outcome: "refused", file, reason: error instanceof Error ? error.message : String(error) };
  }
  try {
    const root = parseXml(bytes);
    const kind = root.namespace === "" ? kindOf(root.name) : undefined;
    return kind === undefined
      ? { outcome: "skipped", file, root: root.name }
      : { outcome: "document", file, kind, root };
  } catch (error) {
    const reason = explain(error);
    const kind = kindOf(rootName(bytes));
    return kind === undefined ? { outcome: "unread", file, reason } : { outcome: "refused", file, kind, reason };
  }
}

/** Why a document has no model, with the place where it is refused; any other error is a fault of virt-warden's. */
export function explain(error: unknown): string {
  if (!(error instanceof DocumentError)) return `virt-warden itself failed: ${String(error)}`;
  return `${error.line}:${error.column}: ${error.message} (${error.code})`;
}

function kindOf(name: string | undefined): Kind | undefined {
  return KINDS.find((kind) => kind === name);
}
