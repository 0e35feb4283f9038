import { isDeepStrictEqual } from "node:util";
import { DocumentError } from "../../../src/xml/document-error.ts";
import { parseXml } from "../../../src/xml/parse.ts";
import type { XmlElement } from "../../../typings/xml.d.ts";
import { mayRefuseAlone } from "./excuses.ts";
import { type Meaning, meaningOf, sorted } from "./meaning.ts";
import { isInside } from "./places.ts";
import { NAMESPACE_STYLES, readPrinted } from "./printed.ts";
import type { Complaint, Verdict } from "./xmllint.ts";

/** A namespace's name without a scheme, which canonical form does not allow. */
const RELATIVE_NAMESPACE = / xmlns(?::[^=]+)?=(["'])(?!\1|[A-Za-z][-+.A-Za-z0-9]*:)/;

/** How a document fared with both readers. */
export interface Outcome {
  readonly name: string;
  /** What is wrong in detail, where the two do not agree as they must. */
  readonly disagreement?: string;
  /** How virt-warden's line of a refusal lies to that of libxml2's first complaint, where both count lines alike. */
  readonly line?: "same" | "earlier" | "later";
}

/** Compares what virt-warden and libxml2 make of a document. */
export function compare(document: Buffer, verdict: Verdict): Outcome {
  const read = readOrRefuse(document);
  if (!(read instanceof Error)) return compareTrees(read, verdict);
  if (!(read instanceof DocumentError)) return disagree("virt-warden threw", `${read.stack}`);
  const { code, message, line, column } = read;
  if (!isInside(document, read)) return disagree("place outside the document", `${code} at ${line}:${column}`);
  if (!verdict.isAccepted) return { name: `refused by both: ${code}`, ...lineOf(read, document, verdict) };
  const excuse = mayRefuseAlone(read, document, verdict);
  if (excuse !== undefined) return { name: `refused by virt-warden alone: ${excuse}` };
  if (code === "malformed" && verdict.complaints.some(isAboutNamespaces))
    return { name: `namespace complaints of libxml2, refused: ${code}`, ...lineOf(read, document, verdict) };
  return disagree(`refused by virt-warden alone as ${code}`, message);
}

function compareTrees(tree: XmlElement, { isAccepted, complaints, plain, canonical }: Verdict): Outcome {
  if (!isAccepted) return disagree("accepted by virt-warden alone", `${complaints[0]?.message}`);
  const complaint = complaints.find(isAboutNamespaces);
  if (complaint !== undefined) return disagree("accepted in spite of a namespace complaint", complaint.message);
  const meaning = meaningOf(tree);
  if (!isPrintedAs(meaning, plain, (printed) => printed)) return disagree("another tree", plain);
  if (canonical === "" && (RELATIVE_NAMESPACE.test(plain) || complaints.some(isAboutUris)))
    return { name: "accepted by both: same tree, no canonical form" };
  if (canonical === "" || !isPrintedAs(sorted(meaning), canonical, sorted))
    return disagree("another tree than the canonical form's", canonical);
  return { name: "accepted by both: same tree" };
}

/** Whether libxml2 printed this, however it writes the names of namespaces. */
function isPrintedAs(meaning: Meaning, text: string, arranged: (printed: Meaning) => Meaning): boolean {
  return NAMESPACE_STYLES.some((style) => isDeepStrictEqual(meaning, arranged(readPrinted(text, style))));
}

function disagree(how: string, disagreement: string): Outcome {
  return { name: `disagreement: ${how}`, disagreement };
}

/** Whether libxml2 found a name without a meaning: a prefix that is not bound, a second attribute of one name, …. */
function isAboutNamespaces(complaint: Complaint): boolean {
  return complaint.kind === "namespace error" && !isAboutUris(complaint);
}

/**
 * Whether libxml2 found a namespace's name that is no URI. It means itself nevertheless, and both readers take it as
 * it is, but such a document has no canonical form.
 */
function isAboutUris({ kind, message }: Complaint): boolean {
  return kind === "namespace error" && /^xmlns(?::[^']*)?: '/.test(message);
}

function lineOf({ line }: DocumentError, document: Buffer, { complaints }: Verdict): Pick<Outcome, "line"> {
  const first = complaints.find(({ kind }) => !kind.endsWith("warning"));
  // libxml2 counts no line for a carriage return alone, as XML demands.
  if (first === undefined || /\r(?!\n)/.test(document.toString("latin1"))) return {};
  if (first.line === line) return { line: "same" };
  return { line: line < first.line ? "earlier" : "later" };
}

function readOrRefuse(document: Uint8Array): XmlElement | Error {
  try {
    return parseXml(document);
  } catch (error) {
    return error instanceof Error ? error : new Error(`threw ${error}`);
  }
}
