import * as v from "valibot";
import { definePolicy } from "virt-warden";

const folders = v.optional(
  v.array(
    v.pipe(
      v.string(),
      v.regex(
        /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/,
        "must be an absolute path such as /srv/shared, without . and .. in it and not /",
      ),
    ),
  ),
  [],
);

/**
 * A shared folder is a way from the guest to the host's files: whatever the host lets the serving program do, the guest
 * can do. An image that the host mounts for a container has the host's kernel read what the guest wrote. A container
 * without a root file system of its own has the host's.
 * @see https://libvirt.org/formatdomain.html#filesystems
 * @see https://libvirt.org/kbase/secureusage.html#disk-image-data-access
 * @see https://libvirt.org/drvlxc.html#filesystem-isolation
 */
export default definePolicy({
  name: "allowed-filesystems",
  description: "Guests share listed folders of the host alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** Folders that guests may share, and what lies in them. */
    folders,
    /** The same for guests that only read: file systems with `<readonly/>`. */
    readonlyFolders: folders,
    /** Sockets, and folders of sockets, of virtiofsd where others than libvirt start it. */
    sockets: folders,
  }),
  check({ domain, hook, settings, deny }) {
    const filesystems = domain.devices?.filesystem ?? [];
    const judge = (dir: string, isReadonly: boolean, at: string) => {
      if (liesInOne(dir, settings.folders)) return;
      const mayRead = liesInOne(dir, settings.readonlyFolders);
      if (mayRead && isReadonly) return;
      deny(mayRead ? `folder ${dir} is only shared with <readonly/>` : `folder ${dir} is not allowed`, { at });
    };
    for (const [index, filesystem] of filesystems.entries()) {
      const at = `devices/filesystem[${index + 1}]`;
      const { type = "mount" } = filesystem;
      // memory of the host, no file of it
      if (type === "ram") continue;
      if (filesystem.type === "bind") {
        judge(filesystem.source.dir, filesystem.readonly !== undefined, `${at}/source/@dir`);
      } else if (filesystem.type === undefined || filesystem.type === "mount") {
        const { dir, socket } = filesystem.source;
        if (dir !== undefined) judge(dir, filesystem.readonly !== undefined, `${at}/source/@dir`);
        if (socket !== undefined && !liesInOne(socket, settings.sockets)) {
          deny(`the socket ${socket} is not allowed`, { at: `${at}/source/@socket` });
        }
      } else {
        deny(`file system type ${type} is not allowed; share a listed folder`, { at: `${at}/@type` });
      }
    }
    if (hook === "lxc" && !filesystems.some(({ target }) => target.dir === "/")) {
      deny("without a file system for / the container has all of the host's; give it one");
    }
  },
});

/** Whether a path is one of these folders, or lies in one as far as names tell. */
function liesInOne(path: string, folders: readonly string[]): boolean {
  if (path.split("/").includes("..")) return false;
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
