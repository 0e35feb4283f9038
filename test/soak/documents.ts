import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "./random.ts";

/** A guest's document. */
export interface GuestDocument {
  /** Where it comes from, for reports. */
  readonly source: string;
  readonly bytes: Uint8Array;
  /** Whether libvirt's own reader, and so virt-warden, refuses it. */
  readonly isMalformed: boolean;
}

const FOLDER = join(import.meta.dirname, "../corpus/guests");

/** The corpus, but for a document whose foreign namespaces a `restore` refuses. */
const GUESTS = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".xml") && name !== "other-prefixes.xml")
  .sort()
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), "utf8") }));

/** Ways to make a document that nobody reads. */
const MALFORMED: Readonly<Record<string, (text: string) => string | Uint8Array>> = {
  empty: () => "",
  "cut off": (text) => text.slice(0, text.length / 2),
  "with a DOCTYPE": (text) => `<!DOCTYPE domain>${text}`,
  "with an instruction": (text) => text.replace("<name>", "<?php exit ?><name>"),
  "with an unknown entity": (text) => text.replace("</name>", "&allowed;</name>"),
  "with two names": (text) => text.replace("<name>", "<name>another</name><name>"),
  "in another encoding": (text) => Buffer.from(text.replace("</name>", "</name><title>\u00e9</title>"), "latin1"),
  "with something after it": (text) => `${text}<domain/>`,
};

/** A document of the corpus for a guest of this name and UUID, sometimes a malformed one. */
export function randomDocument(random: Random, name: string, uuid: string): GuestDocument {
  const guest = random.pick(GUESTS);
  const text = guest.text
    .replace(/<name>[^<]*<\/name>/, `<name>${name}</name>`)
    .replace(/<uuid>[^<]*<\/uuid>/, `<uuid>${uuid}</uuid>`);
  if (!random.percent(7)) return { source: guest.name, bytes: Buffer.from(text), isMalformed: false };
  const [how, damage] = random.pick(Object.entries(MALFORMED));
  return { source: `${guest.name} ${how}`, bytes: Buffer.from(damage(text)), isMalformed: true };
}
