import { guest, judge, judgeAll, ok, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./move-disk-paths.ts";

const MOVES = [
  { from: "/srv/images", to: "/var/lib/libvirt/images" },
  { from: "/srv/images/fast", to: "/nvme" },
  { from: "/dev/vg0", to: "/dev/guests" },
];
const settings = { moves: MOVES };

/** A guest with these disks; each gets a target. */
const withDisks = (...disks: readonly string[]): string =>
  guest(
    `<devices>${disks.map((disk, index) => disk.replace("</disk>", `<target dev='vd${index}'/></disk>`)).join("\n")}</devices>`,
  );

const file = (path: string, more = ""): string => `<disk type='file'><source file='${path}'>${more}</source></disk>`;

test("disks that are files, block devices and directories are moved, each by the innermost folder that it lies in", () => {
  const before = withDisks(
    `<disk type="file" device="disk"><driver name='qemu'/><source   file="/srv/images/web1.qcow2" index='1'/></disk>`,
    "<disk><source file='/srv/images/a/b.raw'/></disk>",
    "<disk type='file' device='cdrom'><source file='/srv/images/fast/x.iso'/></disk>",
    "<disk type='block'><source dev='/dev/vg0/web1'/></disk>",
    "<disk type='dir' device='floppy'><source dir='/srv/images'/><readonly/></disk>",
  );
  const after = before
    .replace("/srv/images/web1", "/var/lib/libvirt/images/web1")
    .replace("/srv/images/a/b", "/var/lib/libvirt/images/a/b")
    .replace("/srv/images/fast/x", "/nvme/x")
    .replace("/dev/vg0/web1", "/dev/guests/web1")
    .replace("dir='/srv/images'", "dir='/var/lib/libvirt/images'");
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    judge(policy, before, { event, settings }).allowed().rewritten(after);
  }
});

test("backing stores and data stores that the document names are moved as well", () => {
  const store = (path: string): string =>
    `<dataStore type='file'><format type='raw'/><source file='${path}'/></dataStore>`;
  const before = withDisks(
    "<disk type='file'><source file='/srv/images/top.qcow2'/>" +
      "<backingStore type='block'><format type='raw'/><source dev='/dev/vg0/base'/>" +
      `<backingStore type='file'><format type='qcow2'/><source file='/srv/images/root.qcow2'>${store("/srv/images/root.data")}</source>` +
      "<backingStore/></backingStore></backingStore></disk>",
  );
  const after = before.replaceAll("/srv/images/", "/var/lib/libvirt/images/").replace("/dev/vg0/", "/dev/guests/");
  judge(policy, before, { settings }).allowed().rewritten(after);
});

testEach(
  "nothing is moved and nothing refused",
  {
    "of what lies elsewhere, a folder whose name only begins the same among it": [
      withDisks(
        file("/srv/images2/a.raw"),
        file("/data/srv/images/a.raw"),
        "<disk type='network'><source protocol='rbd' name='/srv/images/a'/></disk>",
        "<disk type='volume'><source pool='srv' volume='images'/></disk>",
        "<disk type='file' device='cdrom'></disk>",
      ),
      settings,
    ],
    "without settings": [withDisks(file("/srv/images/../a.raw"), file("b.raw")), {}],
    "without devices": [guest(), settings],
  } as const,
  ([document, settings]) => {
    ok(judge(policy, document, { settings }).allowed().document === undefined);
  },
);

test("a disk that is still in a folder that this host has not is refused, with its place", () => {
  const mirror = "<mirror type='file' job='copy'><format type='raw'/><source file='/srv/images/copy.raw'/></mirror>";
  const document = withDisks(
    file("/srv//images/a.raw"),
    file("/srv/./images/b.raw"),
    file("/data/../srv/images/c.raw"),
    file("images/d.raw"),
    "<disk type='vhostuser'><source type='unix' path='/srv/images/e.sock'/></disk>",
    `<disk type='file'><source file='/data/f.raw'/>${mirror}</disk>`,
  );
  const left = (path: string): string =>
    `the disk /srv/images/${path} still lies in /srv/images, which is not on this host`;
  judge(policy, document, { settings }).denied(
    { reason: left("a.raw"), at: "devices/disk[1]" },
    { reason: left("b.raw"), at: "devices/disk[2]" },
    {
      reason: "the disk's path /data/../srv/images/c.raw has .. in it; write it without",
      at: "devices/disk[3]",
    },
    { reason: "the disk's path images/d.raw is not absolute", at: "devices/disk[4]" },
    { reason: left("e.sock"), at: "devices/disk[5]" },
    { reason: left("copy.raw"), at: "devices/disk[6]/mirror" },
  );
});

test("where the policy only warns nothing is moved, and every disk is reported that would have been", () => {
  const verdict = judgeAll(withDisks(file("/srv/images/a.raw")), { event: "qemu/restore" }).warned({
    policy: policy.name,
    reason: "the disk /srv/images/a.raw still lies in /srv/images, which is not on this host",
    at: "devices/disk[1]",
  });
  ok(verdict.document === undefined);
});

test("moves are accepted", () => {
  judge(policy, guest(), { settings: { moves: MOVES } }).allowed();
});

testEach(
  "it is refused as a folder",
  {
    "a relative one": "srv",
    "the root": "/",
    "with a slash at its end": "/srv/",
    "with two slashes": "/srv//a",
    "with ..": "/srv/../a",
    "with .": "/srv/.",
    none: "",
  },
  (from) =>
    settingsRefused(
      policy,
      { moves: [{ from, to: "/a" }] },
      "settings.moves[0].from: must be an absolute path such as /srv/images, without . and .. in it",
    ),
);

testEach(
  "moves that lead to each other are refused",
  {
    "into themselves": [
      [{ from: "/a", to: "/a/b" }],
      "settings.moves: must move nothing to where something else is moved away from",
    ],
    "one after the other": [
      [
        { from: "/a", to: "/b" },
        { from: "/b", to: "/c" },
      ],
      "settings.moves: must move nothing to where something else is moved away from",
    ],
    "from one place": [
      [
        { from: "/a", to: "/b" },
        { from: "/a", to: "/c" },
      ],
      "settings.moves: must have each path in one from alone",
    ],
  },
  ([moves, message]) => settingsRefused(policy, { moves }, message),
);
