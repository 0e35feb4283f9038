import type { RunningGuest } from "../../typings/policy.d.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { bytes } from "../helpers/bytes.ts";
import { buildModel } from "../model/build-model.ts";
import { parseXml } from "../xml/parse.ts";
import { readLibvirtXml } from "../xml/read-libvirt-xml.ts";
import { witness } from "../xml/witness.ts";
import { type GuestFile, guestFiles, unreadable } from "./guest-files.ts";
import { maskSecrets } from "./secrets.ts";

/** The guest that an event is about. */
export interface OwnGuest {
  readonly hook: string;
  readonly name?: string;
  readonly uuid?: string;
}

/**
 * Reads the text of descriptor 9, in which the root side gives the files of all guests that run or are being started: see
 * `guestFiles`. Metadata, titles and descriptions that are long are left out.
 *
 * @param except The guest that the event is about, which is left out: that of the same hook and UUID, or of the same name
 *   where one of the two has no UUID.
 * @returns Each guest once, by name; where libvirt has a state file already, as that says. Secrets are masked.
 * @throws EngineFailure `state`, with the file's path, where one cannot be read.
 */
export function readRunningGuests(text: string, except: OwnGuest): readonly RunningGuest[] {
  // first those that run, so that one that is in both is what its state file says
  const files = guestFiles(text).toSorted((a, b) => Number(a.isStarting) - Number(b.isStarting));
  const guests = new Map<string, RunningGuest>();
  for (const file of files) {
    const guest = readGuest(file);
    const key = `${guest.hook} ${plainUuid(guest.uuid) || guest.name}`;
    if (!isOwn(guest, except) && !guests.has(key)) guests.set(key, guest);
  }
  return [...guests.values()].sort((a, b) => compare(a.name, b.name) || compare(a.hook, b.hook));
}

function readGuest(file: GuestFile): RunningGuest {
  const { path, hook, isStarting } = file;
  try {
    const root = readDomain(file);
    const domain = buildModel(maskSecrets(root).xml, "domain");
    const { name, uuid = "", vcpu, memory } = domain;
    if (name === undefined) throw new Error("the guest has no name");
    // libvirt's own default
    const vcpus = vcpu?.value ?? 1;
    return { hook, name, uuid, vcpus, memory: bytes(memory), starting: isStarting, domain };
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

/** Of a state file by one reader: libvirt wrote all of it, so there is nobody to deceive two. */
function readDomain({ domain, isStarting }: GuestFile): XmlElement {
  if (domain === undefined) throw new Error("it holds no <domain>");
  if (isStarting) return parseXml(Buffer.from(domain));
  const text = domain.replace(/\r\n?/g, "\n");
  return readLibvirtXml(text) ?? witness(text).root;
}

function isOwn(guest: RunningGuest, own: OwnGuest): boolean {
  if (guest.hook !== own.hook) return false;
  const [uuid, ownUuid] = [plainUuid(guest.uuid), plainUuid(own.uuid ?? "")];
  return uuid === "" || ownUuid === "" ? guest.name === own.name : uuid === ownUuid;
}

/** libvirt reads dashes, blanks and capital letters as well, which a document may have before libvirt has read it. */
function plainUuid(uuid: string): string {
  return uuid.replace(/[-\s]/g, "").toLowerCase();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}
