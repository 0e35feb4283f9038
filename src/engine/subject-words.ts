import { cutText } from "../hook/cut-text.ts";

/** In UTF-16 units: libvirt's own names are file names, and a document's may be megabytes long. */
const MAX_OBJECT = 500;

/** As libvirt itself prints it, an event is far shorter. */
const MAX_EVENT = 100;

/**
 * A UUID as libvirt's schema has it, and with dashes between any two bytes. libvirt reads blanks there as well, which no
 * reader of a log expects.
 *
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/util/viruuid.c `virUUIDParse`
 */
const UUID = /^[0-9a-f]{2}(?:-?[0-9a-f]{2}){15}$/i;

/** A guest's or network's name as a decision has it: its beginning, where it is too long for a log. */
export function shownObject(object: string): string {
  return cutText(object, MAX_OBJECT);
}

/** An event's words as a decision has them. */
export function shownEvent(event: string): string {
  return cutText(event, MAX_EVENT);
}

/** A document's UUID as it is written there; `undefined` for what libvirt would not take for one. */
export function shownUuid(uuid: string | undefined): string | undefined {
  return uuid !== undefined && UUID.test(uuid) ? uuid : undefined;
}
