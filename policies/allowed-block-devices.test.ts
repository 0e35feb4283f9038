import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-block-devices.ts";

const settings = { devices: ["/dev/vg0/", "/dev/disk/by-id/scsi-36"], pools: ["default"] };

/** A guest with these devices. */
const withDevices = (devices: string) => guest(`<devices>${devices}</devices>`);
const disk = (type: string, source: string, more = "", attributes = "") =>
  `<disk type='${type}' ${attributes}><source ${source}/>${more}<target dev='vda'/></disk>`;

testEach(
  "files, listed devices and listed pools are allowed",
  {
    none: "",
    file: disk("file", "file='/var/lib/libvirt/images/a'"),
    "a volume group": disk("block", "dev='/dev/vg0/web1'"),
    "a disk by its name": disk("block", "dev='/dev/disk/by-id/scsi-36'"),
    "the same as a file": disk("file", "file='/dev//vg0/./web1'"),
    pool: disk("volume", "pool='default' volume='a'"),
    "an empty drive": "<disk type='volume' device='cdrom'><target dev='sda'/></disk>",
    network: disk("network", "protocol='rbd' name='a/b'"),
  },
  (devices) => judge(policy, withDevices(devices), { settings }).allowed(),
);

testEach(
  "devices that are no storage, and what is no path of the host, are allowed",
  {
    rng: withDevices("<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"),
    tpm: withDevices("<tpm><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>"),
    serial: withDevices("<serial type='pty' tty='/dev/pts/4'><source path='/dev/pts/4'/></serial>"),
    network: withDevices("<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>"),
    input: withDevices("<input type='evdev'><source dev='/dev/input/by-id/usb-a:b-event-kbd'/></input>"),
    rendering: withDevices("<graphics type='egl-headless'><gl rendernode='/dev/dri/renderD128'/></graphics>"),
    "Xen's script": withDevices("<interface type='bridge'><script path='vif-bridge'/></interface>"),
    texts: guest(
      "<title>/dev/sda</title><description>/dev/sda</description><metadata><a:b xmlns:a='a' c='/dev/sda'/></metadata>",
    ),
    "a limit": guest("<blkiotune><device><path>/dev/sda</path><weight>800</weight></device></blkiotune>"),
    "a kernel's root": guest("<os><type>hvm</type><root>/dev/xvda</root><cmdline>/dev/sda</cmdline></os>"),
    "a container's first program": guest(
      "<os><type>exe</type><init>/dev/init</init><initarg>/dev/a</initarg><initarg>/dev/b</initarg></os>",
    ),
    "a container's folder": withDevices("<filesystem><source dir='/srv/a'/><target dir='/dev/a'/></filesystem>"),
    "a label": guest("<seclabel type='static' model='apparmor'><label>/dev/a</label></seclabel>"),
  },
  (document) => judge(policy, document, { settings }).allowed(),
);

testEach(
  "other devices are denied wherever the document names them",
  {
    "devices/disk[1]/source/@dev": disk("block", "dev='/dev/sda'"),
    "devices/disk[1]/source/@file": disk("file", "file='/srv/../dev/sda'"),
    "devices/disk[1]/source/@dir": disk("dir", "dir='/dev/sda'"),
    "devices/disk[1]/backingStore/source/@dev": disk(
      "file",
      "file='/a'",
      "<backingStore type='block'><format type='raw'/><source dev='/dev/sda'/><backingStore/></backingStore>",
    ),
    "devices/disk[1]/mirror/@file": disk("file", "file='/a'", "<mirror file='/dev/sda'/>"),
    "devices/disk[2]/source/@dev": `${disk("block", "dev='/dev/vg0/a'")}${disk("block", "dev='/dev/sda'")}`,
    "devices/serial[1]/source/@path": "<serial type='file'><source path='/dev/sda'/></serial>",
    "devices/serial[1]/log/@file": "<serial type='pty'><log file='/dev/sda'/></serial>",
    "devices/rng[1]/backend": "<rng model='virtio'><backend model='random'>/dev/sda</backend></rng>",
    "devices/memory[1]/source/path": `<memory model='nvdimm'><source><path> /dev/sda </path></source><target>
      <size unit='GiB'>1</size></target></memory>`,
    "devices/filesystem[1]/source/@dev":
      "<filesystem type='block'><source dev='/dev/sda'/><target dir='/'/></filesystem>",
    "devices/hostdev[1]/source/block":
      "<hostdev mode='capabilities' type='storage'><source><block>/dev/sda</block></source></hostdev>",
    "devices/lease[1]/target/@path": "<lease><lockspace>a</lockspace><key>b</key><target path='/dev/sda'/></lease>",
  },
  (devices, at) => {
    for (const event of ["qemu/prepare", "lxc/prepare"] as const) {
      judge(policy, withDevices(devices), { settings, event }).denied({
        reason: "device /dev/sda of the host is not allowed",
        at,
      });
    }
  },
);

test("firmware on a device is denied, and so is whatever is given to it", () => {
  const parts = `<os><type>hvm</type><nvram type='block'><source dev='/dev/sda'/></nvram></os>
    <sysinfo type='fwcfg'><entry name='opt/a' file='/dev/sdb'/><entry name='opt/b' file='/dev/sdc'/></sysinfo>`;
  judge(policy, guest(parts)).denied(
    { reason: "/dev/sda", at: "os/nvram/source/@dev" },
    { reason: "/dev/sdb", at: "sysinfo/entry[1]/@file" },
    { reason: "/dev/sdc", at: "sysinfo/entry[2]/@file" },
  );
});

test("a path through /proc, which could lead to any device, is denied", () => {
  judge(policy, withDevices(disk("file", "file='/proc/self/root/dev/sda'")), { settings }).denied(
    "device /proc/self/root/dev/sda of the host is not allowed",
  );
});

testEach(
  "a path that is not absolute is denied, since it begins at the root folder",
  {
    "devices/disk[1]/source/@file": disk("file", "file='dev/sda'"),
    "devices/disk[1]/source": disk("block", "dev='dev/sda'"),
    "devices/serial[1]/source/@path": "<serial type='file'><source path='dev/sda'/></serial>",
  },
  (devices, at) =>
    judge(policy, withDevices(devices), { settings }).denied({ reason: "path dev/sda is not absolute", at }),
);

testEach(
  "a disk is no place for devices that are no storage elsewhere",
  { vdpa: disk("vhostvdpa", "dev='/dev/vhost-vdpa-0'"), null: disk("block", "dev='/dev/null'") },
  (devices) =>
    judge(policy, withDevices(devices), { settings }).denied(/^device \/dev\/(?:vhost-vdpa-0|null) of the host/),
);

test("volumes of other pools are denied", () => {
  judge(policy, withDevices(disk("volume", "pool='disks' volume='sda1'")), { settings }).denied({
    reason: "pool disks is not allowed",
    at: "devices/disk[1]/source/@pool",
  });
});

test("SCSI commands of guests are denied unless the settings allow them, and unfiltered ones always", () => {
  const lun = withDevices(disk("block", "dev='/dev/vg0/a'", "", "device='lun' sgio='unfiltered' rawio='yes'"));
  const raw = [
    { reason: "rawio lets the guest send any command to the host's disk", at: "devices/disk[1]/@rawio" },
    { reason: "unfiltered SCSI commands reach more than the guest's disk; use filtered", at: "devices/disk[1]/@sgio" },
  ];
  judge(policy, lun, { settings }).denied(
    { reason: "device lun takes SCSI commands from the guest; use device disk", at: "devices/disk[1]/@device" },
    ...raw,
  );
  judge(policy, lun, { settings: { ...settings, scsiCommands: true } }).denied(...raw);
  const filtered = withDevices(disk("block", "dev='/dev/vg0/a'", "", "device='lun' sgio='filtered'"));
  judge(policy, filtered, { settings: { ...settings, scsiCommands: true } }).allowed();
});

test("without settings no device is listed", () => {
  judge(policy, withDevices(disk("block", "dev='/dev/vg0/web1'"))).denied("device /dev/vg0/web1 of the host");
  judge(policy, withDevices(disk("volume", "pool='default' volume='a'"))).denied("pool default is not allowed");
});

test("the example lists a volume group and libvirt's default pool", () => {
  const document = withDevices(`${disk("block", "dev='/dev/guests/a'")}${disk("volume", "pool='default' volume='a'")}`);
  judge(policy, document, { settings: "configured" }).allowed();
});

testEach(
  "settings that are no devices are refused",
  { file: "/srv/a", "all of them": "/dev/", "a way up": "/dev/../srv", relative: "sda" },
  (device) =>
    settingsRefused(
      policy,
      { devices: [device] },
      "settings.devices[0]: must be a path in /dev, without . and .. in it",
    ),
);
