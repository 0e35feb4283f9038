import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-filesystems.ts";

const settings = { folders: ["/srv/shared"], readonlyFolders: ["/srv/iso"], sockets: ["/run/virtiofsd"] };

/** A guest with these file systems, each to a target of its own. */
const sharing = (...filesystems: readonly string[]) =>
  guest(
    `<devices>${filesystems
      .map((filesystem, index) => filesystem.replace("</filesystem>", `<target dir='tag${index}'/></filesystem>`))
      .join("")}</devices>`,
  );
const folder = (dir: string, more = "") =>
  `<filesystem type='mount' accessmode='passthrough'><driver type='virtiofs'/><source dir='${dir}'/>${more}</filesystem>`;

testEach(
  "listed folders are allowed",
  {
    "the folder": folder("/srv/shared"),
    "a folder in it": folder("/srv/shared/web1"),
    "without a type": "<filesystem><source dir='/srv/shared'/></filesystem>",
    "only read": folder("/srv/iso/a", "<readonly/>"),
    "written and listed, only read": folder("/srv/shared", "<readonly/>"),
    "a socket": "<filesystem type='mount'><source socket='/run/virtiofsd/web1.sock'/></filesystem>",
    memory: "<filesystem type='ram'><source usage='1024' units='KiB'/></filesystem>",
  },
  (filesystem) => judge(policy, sharing(filesystem), { settings }).allowed(),
);

testEach(
  "other folders are denied",
  {
    root: "/",
    parent: "/srv",
    "a name that begins the same": "/srv/shared2",
    "a way up": "/srv/shared/../secret",
    "a way up and back": "/etc/../srv/shared",
    relative: "srv/shared",
    host: "/etc",
  },
  (dir) =>
    judge(policy, sharing(folder("/srv/shared"), folder(dir)), { settings }).denied({
      reason: `folder ${dir} is not allowed`,
      at: "devices/filesystem[2]/source/@dir",
    }),
);

test("a folder that is listed for reading is denied where the guest writes", () => {
  judge(policy, sharing(folder("/srv/iso")), { settings }).denied({
    reason: "folder /srv/iso is only shared with <readonly/>",
    at: "devices/filesystem[1]/source/@dir",
  });
});

test("a socket of another server is denied", () => {
  const socket = "<filesystem type='mount'><source socket='/tmp/fs.sock'/></filesystem>";
  judge(policy, sharing(socket), { settings }).denied({
    reason: "the socket /tmp/fs.sock is not allowed",
    at: "devices/filesystem[1]/source/@socket",
  });
});

testEach(
  "what the host would mount for a container, or take from elsewhere, is denied",
  {
    file: "<filesystem type='file'><driver type='loop' format='raw'/><source file='/srv/shared/a.raw'/></filesystem>",
    block: "<filesystem type='block'><source dev='/dev/vg0/a'/></filesystem>",
    template: "<filesystem type='template'><source name='debian'/></filesystem>",
  },
  (filesystem, type) =>
    judge(policy, sharing(filesystem), { settings }).denied({
      reason: `file system type ${type} is not allowed; share a listed folder`,
      at: "devices/filesystem[1]/@type",
    }),
);

test("without settings no folder is listed, and a guest without file systems is allowed", () => {
  judge(policy, guest()).allowed();
  judge(policy, sharing(folder("/srv/shared"))).denied("folder /srv/shared is not allowed");
});

test("a container needs a file system of its own for /, and its bound folders are judged", () => {
  const event = "lxc/prepare";
  const own = "<filesystem type='mount'><source dir='/srv/shared/root'/><target dir='/'/></filesystem>";
  const bound = (dir: string) => `<filesystem type='bind'><source dir='${dir}'/><target dir='/mnt'/></filesystem>`;
  judge(policy, guest(`<devices>${own}${bound("/srv/shared")}</devices>`), { settings, event }).allowed();
  judge(policy, guest(`<devices>${own}${bound("/home")}</devices>`), { settings, event }).denied("folder /home");
  judge(policy, guest(), { settings, event }).denied(
    "without a file system for / the container has all of the host's; give it one",
  );
  judge(policy, guest(), { settings, event: "libxl/prepare" }).allowed();
});

testEach(
  "settings that are no folders are refused",
  { root: "/", relative: "srv", "a way up": "/srv/..", "a slash at the end": "/srv/" },
  (dir) =>
    settingsRefused(
      policy,
      { folders: [dir] },
      "settings.folders[0]: must be an absolute path such as /srv/shared, without . and .. in it and not /",
    ),
);
