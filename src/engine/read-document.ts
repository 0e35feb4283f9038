import type { Domain } from "../../typings/domain.d.ts";
import type { Network, NetworkPort } from "../../typings/network.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import type { Invocation } from "../hook/invocation.ts";
import { buildModel } from "../model/build-model.ts";
import { readHookData } from "../model/read-hook-data.ts";
import { type UnknownContent, UnknownParts } from "../model/unknown-content.ts";
import { now } from "../now.ts";
import { DocumentError } from "../xml/document-error.ts";
import { readOnce } from "../xml/parse.ts";
import type { Subject } from "./exemptions.ts";
import { maskSecrets } from "./secrets.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** What a policy's context takes from the document. */
export interface DocumentView {
  readonly model: { readonly domain?: Domain; readonly network?: Network; readonly port?: NetworkPort };
  /** JSON of the generic tree; `""` for none. */
  readonly xml: string;
}

/** A document, read. */
export interface ReadDocument {
  /** The tree with its secrets, whose places edits name; missing at events without a document. */
  readonly root?: XmlElement;
  /** What policies see: of secrets, that they are set. */
  readonly view: DocumentView;
  /** What policies see that ask for secrets. */
  readonly viewWithSecrets: () => DocumentView;
  /** The secrets' texts. */
  readonly secrets: readonly string[];
  /** The name that the document's guest or network has. */
  readonly name?: string;
  readonly uuid?: string;
  /** The guest that the event is about: the document's own, or the owner of a network's port. */
  readonly guest?: Subject;
  /** What libvirt's schema does not know. */
  readonly unknown?: UnknownContent;
  /** Has the second reader confirm the tree, where that was put off; throws DocumentError where it does not. */
  readonly confirm: () => void;
  /** How long the readers took so far, and the rest, in milliseconds. */
  readonly took: { readonly document: number; readonly model: number };
}

/**
 * Reads the document of an invocation: text → tree → model.
 *
 * @param from.tree What `parseXml` made of the bytes, where that is known already.
 * @param from.isConfirmedLater Whether the caller has the second reader confirm the tree.
 * @throws DocumentError where the document is refused. Its message quotes no secret: of what is not well-formed it quotes
 * names alone, and from then on it is known what is secret.
 */
export function readDocument(
  invocation: Invocation,
  bytes: Uint8Array,
  { tree, isConfirmedLater = false }: { readonly tree?: XmlElement; readonly isConfirmedLater?: boolean } = {},
): ReadDocument {
  if (invocation.document === "none") {
    const view = { model: {}, xml: "" };
    return { view, viewWithSecrets: () => view, secrets: [], confirm: () => {}, took: { document: 0, model: 0 } };
  }
  refuseMissing(invocation, bytes);
  const took = { document: 0, model: 0 };
  const { root, confirm } = timed(took, () =>
    tree === undefined ? readOnce(bytes) : { root: tree, confirm: () => {} },
  );
  const confirmInTime = (): void => timed(took, confirm);
  if (!isConfirmedLater) confirmInTime();
  try {
    const started = now();
    const parts = readParts(invocation, root);
    took.model = now() - started;
    return { root, ...parts, confirm: confirmInTime, took };
  } catch (error) {
    // what the readers disagree about is said first, as where that was not put off
    confirmInTime();
    throw error;
  }
}

/** Adds to how long readers took. */
function timed<T>(took: { document: number }, read: () => T): T {
  const started = now();
  try {
    return read();
  } finally {
    took.document += now() - started;
  }
}

function readParts(invocation: Invocation, root: XmlElement): Omit<ReadDocument, "root" | "confirm" | "took"> {
  const { xml, secrets } = maskSecrets(root);
  const unknown = new UnknownParts();
  const model = withoutSecrets(secrets, () => {
    const read = readModel(invocation, xml, unknown);
    if (isRaw(invocation)) refuseLookalike(unknown);
    return read;
  });
  const view = { model, xml: JSON.stringify(xml) };
  let whole = xml === root ? view : undefined;
  const viewWithSecrets = (): DocumentView => {
    whole ??= { model: readModel(invocation, root, new UnknownParts()), xml: JSON.stringify(root) };
    return whole;
  };
  const about = { ...subjects(invocation, model), ...(unknown.content && { unknown: unknown.content }) };
  return { view, viewWithSecrets, secrets, ...about };
}

function readModel(invocation: Invocation, xml: XmlElement, unknown: UnknownParts): DocumentView["model"] {
  if (invocation.document === "domain") return { domain: buildModel(xml, "domain", unknown) };
  const { network, port } = readHookData(xml, unknown);
  if (port === undefined && isOfPort(invocation)) {
    const message = `Cannot judge ${invocation.event}: <hookData> holds no <networkport>, which this event is about`;
    throw new DocumentError("wrong-root", message, xml.line, xml.column);
  }
  return { network, ...(port === undefined ? {} : { port }) };
}

/** Whether the event is about a port, which policies then rely on. */
function isOfPort({ hook, operation }: Invocation): boolean {
  return hook === "network" && operation.startsWith("port-");
}

function subjects(
  { object }: Invocation,
  { domain, network, port }: DocumentView["model"],
): Pick<ReadDocument, "name" | "uuid" | "guest"> {
  if (domain !== undefined) return { ...identity(domain), guest: { ...identity(domain), name: object || domain.name } };
  return { ...identity(network ?? {}), ...(port?.owner === undefined ? {} : { guest: port.owner }) };
}

/**
 * Refuses an event of bhyve's that came without its document, which is no fault of the guest's.
 * @see bhyveProcessStartHook in libvirt's src/bhyve/bhyve_process.c: 9.0 passes no document, 11.3 does
 */
function refuseMissing({ hook, event }: Invocation, bytes: Uint8Array): void {
  if (hook !== "bhyve" || bytes.length > 0) return;
  const message = `Cannot judge ${event}: libvirt gave no document, as versions like 9.0 do for bhyve; use one that does, such as 11.3, or let no policy watch ${event}`;
  throw new DocumentError("empty", message, 1, 1);
}

/** Whether the document is text that libvirt has not read yet: `virsh restore --xml` passes on what its caller wrote. */
function isRaw({ operation }: Invocation): boolean {
  return operation === "restore";
}

function refuseLookalike({ lookalike }: UnknownParts): void {
  if (lookalike === undefined) return;
  const { part, line, column } = lookalike;
  const message = `Cannot trust the document: ${part} is in a namespace that is not libvirt's, and libvirt may take it for its own; leave it out`;
  throw new DocumentError("ambiguous", message, line, column);
}

/** A schema-valid document has a name; others may be judged as well. */
function identity({ name, uuid }: { name?: string; uuid?: string }): { name?: string; uuid?: string } {
  return { ...(name === undefined ? {} : { name }), ...(uuid === undefined ? {} : { uuid }) };
}
