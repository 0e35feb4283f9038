import * as v from "valibot";
import { type DiskLike, type Domain, definePolicy, diskSource } from "virt-warden";

/** An absolute path without `.`, `..` or an empty name in it; not the root folder, which everything lies in. */
const PLAIN = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

const folder = v.pipe(
  v.string(),
  v.regex(PLAIN, "must be an absolute path such as /srv/images, without . and .. in it"),
);

/**
 * For hosts that keep disks in different folders: guests that come from the others find theirs here. Of all that a disk
 * can lie on, files, block devices and directories are moved, those of backing stores and data stores among them.
 * @see https://libvirt.org/hooks.html#qemu-guest-migration
 */
export default definePolicy({
  name: "move-disk-paths",
  description: "Disks of guests that come from other hosts are looked for where this host has them.",
  on: ["qemu/migrate", "qemu/restore", "libxl/migrate"],
  settings: v.strictObject({
    /** Of several folders that a path lies in, the innermost counts. */
    moves: v.pipe(
      v.optional(v.array(v.strictObject({ from: folder, to: folder })), []),
      v.check(
        (moves) => new Set(moves.map(({ from }) => from)).size === moves.length,
        "must have each path in one from alone",
      ),
      v.check(
        (moves) => !moves.some(({ to }) => moves.some(({ from }) => liesIn(to, from))),
        "must move nothing to where something else is moved away from",
      ),
    ),
  }),
  rewrite({ domain, settings, edit }) {
    for (const { image, at } of images(domain)) {
      const { path, attribute } = placeOf(image);
      // what a block job copied to is no part of the guest: libvirt ignores it in a guest that arrives
      if (path === undefined || !PLAIN.test(path) || at.includes("/mirror")) continue;
      const [move] = settings.moves
        .filter(({ from }) => liesIn(path, from))
        .toSorted((a, b) => b.from.length - a.from.length);
      if (move !== undefined) edit.setAttribute(`${at}/source/@${attribute}`, move.to + path.slice(move.from.length));
    }
  },
  check({ domain, settings, deny }) {
    if (settings.moves.length === 0) return;
    for (const { image, at } of images(domain)) {
      const { path = "/" } = placeOf(image);
      const source = diskSource(image);
      const left = settings.moves.find(({ from }) => source !== undefined && liesIn(source, from));
      if (!path.startsWith("/")) deny(`the disk's path ${path} is not absolute`, { at });
      else if (path.split("/").includes("..")) deny(`the disk's path ${path} has .. in it; write it without`, { at });
      else if (left) deny(`the disk ${source} still lies in ${left.from}, which is not on this host`, { at });
    }
  },
});

interface Image {
  readonly image: DiskLike;
  readonly at: string;
}

/** What an image of any type may have. */
interface Parts {
  readonly type?: string;
  readonly source?: {
    readonly file?: string;
    readonly dev?: string;
    readonly dir?: string;
    readonly dataStore?: DiskLike;
  };
  readonly backingStore?: DiskLike;
  readonly mirror?: DiskLike;
}

/** All images that a guest's disks are made of. */
function images(domain: Domain): readonly Image[] {
  const disks = domain.devices?.disk ?? [];
  const found = disks.map((image, index): Image => ({ image, at: `devices/disk[${index + 1}]` }));
  // it grows on the way
  for (const { image, at } of found) {
    const { backingStore, mirror, source } = image as Parts;
    // a backing store without a type ends the chain
    if (backingStore?.type !== undefined) found.push({ image: backingStore, at: `${at}/backingStore` });
    if (mirror !== undefined) found.push({ image: mirror, at: `${at}/mirror` });
    if (source?.dataStore !== undefined) found.push({ image: source.dataStore, at: `${at}/source/dataStore` });
  }
  return found;
}

/** The attribute of its source that holds an image's path, by the image's type. */
const ATTRIBUTES: Readonly<Record<string, "file" | "dev" | "dir">> = { file: "file", block: "dev", dir: "dir" };

/** The path of an image that is a file, a block device or a directory, and the attribute of its source that holds it. */
function placeOf(image: DiskLike) {
  const { type = "file", source = {} } = image as Parts;
  const attribute = ATTRIBUTES[type];
  const path = attribute && source[attribute];
  // an empty path is none, as for libvirt
  return { path: path || undefined, attribute };
}

/** Whether a path is a folder or lies in it. */
function liesIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
