import { readdirSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { getSystemErrorMessage } from "node:util";
import type { Event } from "../../typings/events.d.ts";
import { UserError } from "../user-error.ts";

/** A document to audit. */
export interface AuditDocument {
  /** Its path, as the user knows it. */
  readonly file: string;
  /** The event at which it is decided. */
  readonly event: Event;
}

/** Hooks whose guests libvirt keeps on Linux in folders of the same names. */
const ADMISSIONS: Readonly<Record<string, Event>> = {
  qemu: "qemu/prepare",
  lxc: "lxc/prepare",
  libxl: "libxl/prepare",
};

/**
 * The folders in which libvirt keeps the guests of a host: those that are defined, and the state of those that run.
 *
 * @param event Where it is given, only the folders of guests that have this event.
 * @param root The host's root folder.
 */
export function hostFolders(event?: Event, root = "/"): readonly string[] {
  const hooks = Object.keys(ADMISSIONS).filter((hook) => event === undefined || event.startsWith(`${hook}/`));
  return ["etc/libvirt", "run/libvirt"].flatMap((folder) => hooks.map((hook) => join(root, folder, hook)));
}

/**
 * Finds documents: files that are named, and every `*.xml` that lies directly in a folder, by name. Below libvirt's own
 * folders lie networks, and links to guests that start by themselves.
 *
 * @param places Files and folders.
 * @param event The event of all; else what a guest's start is called in a folder named as a hook, and `qemu/prepare`.
 * @param isOptional Whether a place may be missing.
 * @returns Each once, in the order of the places.
 * @throws {UserError} where a place cannot be read.
 */
export function findDocuments(
  places: readonly string[],
  event: Event | undefined,
  isOptional: boolean,
): readonly AuditDocument[] {
  const files = places.flatMap((place) => filesOf(place, isOptional));
  return [...new Set(files)].map((file) => ({ file, event: event ?? eventOf(file) }));
}

function filesOf(place: string, isOptional: boolean): readonly string[] {
  try {
    if (!statSync(place).isDirectory()) return [place];
    const names = readdirSync(place).filter((name) => name.endsWith(".xml"));
    return names
      .sort()
      .map((name) => join(place, name))
      .filter(isFile);
  } catch (error) {
    const failed = error as NodeJS.ErrnoException;
    if (isOptional && failed.code === "ENOENT") return [];
    throw new UserError([{ file: resolve(place), message: `cannot look for documents: ${reason(failed)}` }]);
  }
}

function reason({ code, errno, message }: NodeJS.ErrnoException): string {
  if (code === "EACCES") return "permission denied: run this as root";
  return errno === undefined ? message : getSystemErrorMessage(errno);
}

/** Whether it is a file, or one that cannot be looked at, which is said when it is read. */
function isFile(path: string): boolean {
  const stats: Stats | undefined = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isFile();
}

function eventOf(file: string): Event {
  return ADMISSIONS[basename(dirname(resolve(file)))] ?? "qemu/prepare";
}
