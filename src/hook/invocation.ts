import type { Event } from "../../typings/events.d.ts";
import { EngineFailure } from "../engine/engine-failure.ts";
import type { DocumentKind } from "./events.ts";
import { eventEntry, isEvent, isKnownHook } from "./events.ts";

/** libvirt's call of a hook script, as plain data. */
export interface Invocation {
  readonly event: Event;
  /** What kind of document the event has. */
  readonly document: DocumentKind;
  readonly hook: string;
  /** The guest's or network's name; `""` stands for the name that the document has, for documents at rest. */
  readonly object: string;
  readonly operation: string;
  readonly suboperation: string;
  readonly extra: string;
}

/**
 * Reads the words of a hook call. They are text, whatever they look like: a guest may be named `--help`.
 *
 * @param words HOOK OBJECT OPERATION SUBOPERATION EXTRA.
 * @throws EngineFailure for another number of words, an unknown hook and an unknown operation.
 * @see https://libvirt.org/hooks.html
 */
export function readInvocation(words: readonly string[]): Invocation {
  const [hook, object, operation, suboperation, extra] = words;
  if (
    words.length !== 5 ||
    hook === undefined ||
    object === undefined ||
    operation === undefined ||
    suboperation === undefined ||
    extra === undefined
  ) {
    throw new EngineFailure("usage", `hook was called with ${words.length} arguments instead of 5`);
  }
  if (!isKnownHook(hook)) throw new EngineFailure("unknown-hook", `libvirt has no hook named ${hook}`);
  const entry = eventEntry(hook, operation);
  if (entry === undefined) {
    throw new EngineFailure("unknown-operation", `libvirt's ${hook} hook has no operation ${operation}`);
  }
  return { event: entry.event, document: entry.document, hook, object, operation, suboperation, extra };
}

const DAEMON_WORDS: Readonly<Record<string, readonly string[]>> = {
  start: ["daemon", "-", "start", "-", "start"],
  shutdown: ["daemon", "-", "shutdown", "-", "shutdown"],
  reload: ["daemon", "-", "reload", "begin", "SIGHUP"],
};

/**
 * The words with which libvirt would report an event about a document at rest.
 *
 * @param event `<hook>/<operation>`.
 * @returns HOOK OBJECT OPERATION SUBOPERATION EXTRA, the object empty; `undefined` for what is no event.
 */
export function hookWords(event: string): readonly string[] | undefined {
  if (!isEvent(event)) return undefined;
  const [hook = "", operation = ""] = event.split("/");
  if (hook === "daemon") return DAEMON_WORDS[operation];
  const suboperation = operation === "stopped" || operation === "release" ? "end" : "begin";
  return [hook, "", operation, suboperation, "-"];
}
