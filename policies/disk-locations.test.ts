import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./disk-locations.ts";

const OS = "<type arch='x86_64' machine='q35'>hvm</type>";

/** A guest with these disks, each with a target of its own. */
const withDisks = (...disks: readonly string[]) =>
  guest(
    `<devices>${disks
      .map((disk, index) => disk.replace("</disk>", `<target dev='vd${index}'/></disk>`))
      .join("")}</devices>`,
  );
const file = (path: string, more = "") => `<disk type='file'><source file='${path}'/>${more}</disk>`;
const network = (source: string, more = "") => `<disk type='network'><source ${source}>${more}</source></disk>`;

const settings = {
  disks: ["/srv/images/", "/dev/vg0/", "volume:default/", "rbd:guests/", "nvme:0000:01:00.0/1", "ssh:/images/"],
  hosts: ["ceph1.example", "/run/nbd.sock"],
};

testEach(
  "by default disks lie in libvirt's folder of images",
  {
    there: withDisks(file("/var/lib/libvirt/images/web1.qcow2")),
    "an empty drive": withDisks("<disk type='file' device='cdrom'></disk>"),
    none: guest(),
  },
  (document) => judge(policy, document).allowed(),
);

testEach(
  "listed disks of every type are allowed",
  {
    file: file("/srv/images/a/web1.qcow2"),
    dots: file("/srv/./other/../images/web1.raw"),
    block: "<disk type='block'><source dev='/dev/vg0/web1'/></disk>",
    dir: "<disk type='dir' device='floppy'><source dir='/srv/images/floppy'/></disk>",
    volume: "<disk type='volume'><source pool='default' volume='web1'/></disk>",
    network: network("protocol='rbd' name='guests/web1'", "<host name='ceph1.example'/>"),
    nvme: `<disk type='nvme'><source type='pci' namespace='1'><address bus='1'/></source></disk>`,
    "with what reaches it": network(
      "protocol='ssh' name='/images/a'",
      "<host transport='unix' socket='/run/nbd.sock'/><identity username='a'/>",
    ),
  },
  (disk) => judge(policy, withDisks(disk), { settings }).allowed(),
);

testEach(
  "other disks are denied",
  {
    "/etc/shadow": file("/etc/shadow"),
    "/srv/images2/a": file("/srv/images2/a"),
    "/srv/secret": file("/srv/images/../secret"),
    "file:srv/images/a": file("srv/images/a"),
    "/dev/sda": "<disk type='block'><source dev='/dev/sda'/></disk>",
    "/srv": "<disk type='dir'><source dir='/srv'/></disk>",
    "volume:other/web1": "<disk type='volume'><source pool='other' volume='web1'/></disk>",
    "volume:default/../web1": "<disk type='volume'><source pool='default' volume='../web1'/></disk>",
    "rbd:secret/web1": network("protocol='rbd' name='secret/web1'"),
    "nbd:guests/web1": network("protocol='nbd' name='guests/web1'"),
    "nvme:0000:01:00.0/2": `<disk type='nvme'><source type='pci' namespace='2'><address bus='1'/></source></disk>`,
    "/run/blk.sock": "<disk type='vhostuser'><source type='unix' path='/run/blk.sock'/></disk>",
    "/dev/vhost-vdpa-0": "<disk type='vhostvdpa'><source dev='/dev/vhost-vdpa-0'/></disk>",
  },
  (disk, source) =>
    judge(policy, withDisks(file("/srv/images/a"), disk), { settings }).denied({
      reason: `${source} is not allowed as a disk; use /srv/images/, /dev/vg0/, volume:default/, …`,
      at: "devices/disk[2]/source",
    }),
);

test("backing stores, mirrors and data stores are disks as well", () => {
  const store = "<dataStore type='file'><format type='raw'/><source file='/c'/></dataStore>";
  const document = withDisks(
    `<disk type='file'><source file='/srv/images/top'>${store}</source>
      <backingStore type='file'><format type='raw'/><source file='/a'/><backingStore/></backingStore>
      <mirror type='file' job='copy'><source file='/b'/></mirror></disk>`,
  );
  judge(policy, document, { settings: { disks: ["/srv/images/"] } }).denied(
    { reason: "/a is not allowed as a disk; use /srv/images/", at: "devices/disk[1]/backingStore/source" },
    { reason: "/b is not allowed", at: "devices/disk[1]/mirror/source" },
    { reason: "/c is not allowed", at: "devices/disk[1]/source/dataStore/source" },
  );
});

test("servers that are not listed are denied, and so are sockets", () => {
  const hosts =
    "<host name='ceph1.example'/><host name='evil.example' port='1'/><host transport='unix' socket='/tmp/a'/>";
  judge(policy, withDisks(network("protocol='rbd' name='guests/a'", hosts)), { settings }).denied(
    { reason: "server evil.example is not allowed", at: "devices/disk[1]/source/host[2]" },
    { reason: "server /tmp/a is not allowed", at: "devices/disk[1]/source/host[3]" },
  );
});

testEach(
  "files that are opened beside a disk have to lie there as well",
  {
    "reservations/source/@path": `<disk type='block'><source dev='/dev/vg0/a'>
      <reservations managed='no'><source type='unix' path='/tmp/x' mode='client'/></reservations></source></disk>`,
    "config/@file": network("protocol='rbd' name='guests/a'", "<config file='/tmp/x'/>"),
    "knownHosts/@path": network("protocol='ssh' name='/images/a'", "<knownHosts path='/tmp/x'/>"),
    "identity/@keyfile": network("protocol='ssh' name='/images/a'", "<identity username='a' keyfile='/tmp/x'/>"),
    "identity/@agentsock": network("protocol='ssh' name='/images/a'", "<identity username='a' agentsock='/tmp/x'/>"),
  },
  (disk, place) =>
    judge(policy, withDisks(disk), { settings }).denied({
      reason: "/tmp/x is not allowed with a disk",
      at: `devices/disk[1]/source/${place}`,
    }),
);

test("a descriptor that somebody passes is denied, since its path says nothing", () => {
  const passed = "<disk type='file'><source file='/srv/images/a' fdgroup='b'/></disk>";
  judge(policy, withDisks(passed), { settings }).denied({
    reason: "what a passed descriptor leads to is not known; use a path alone",
    at: "devices/disk[1]/source/@fdgroup",
  });
});

testEach(
  "firmware and its memory are allowed where distributions and libvirt keep them",
  {
    UEFI: guest(
      `<os>${OS}<loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.ms.fd</loader>
        <nvram template='/usr/share/OVMF/OVMF_VARS_4M.ms.fd'>/var/lib/libvirt/qemu/nvram/web1_VARS.fd</nvram></os>`,
    ),
    "a loader without a path": guest(`<os>${OS}<loader readonly='yes' type='rom'/></os>`),
    "variables that have a source": guest(
      `<os>${OS}<nvram type='file'><source file='/var/lib/libvirt/qemu/nvram/web1.fd'/></nvram></os>`,
    ),
    kernel: guest(`<os>${OS}<kernel>/var/lib/libvirt/boot/vmlinuz</kernel></os>`),
    "SMBIOS and a text for the firmware": guest(
      "<sysinfo type='smbios'/><sysinfo type='fwcfg'><entry name='opt/a'>/tmp/x</entry></sysinfo>",
    ),
  },
  (document) => judge(policy, document).allowed(),
);

testEach(
  "elsewhere they are denied, with what boots without a disk",
  {
    "os/loader": [`<os>${OS}<loader type='pflash'>/tmp/x</loader></os>`, "firmware"],
    "os/nvram/@template": [`<os>${OS}<nvram template='/tmp/x'/></os>`, "firmware"],
    "os/nvram": [`<os>${OS}<nvram>/tmp/x</nvram></os>`, "memory of the firmware"],
    "os/nvram/source": [`<os>${OS}<nvram type='file'><source file='/tmp/x'/></nvram></os>`, "a disk"],
    "os/varstore/@template": [`<os>${OS}<varstore template='/tmp/x'/></os>`, "firmware"],
    "os/varstore/@path": [`<os>${OS}<varstore path='/tmp/x'/></os>`, "memory of the firmware"],
    "os/kernel": [`<os>${OS}<kernel>/tmp/x</kernel></os>`, "a file to boot with"],
    "os/initrd": [`<os>${OS}<initrd>/tmp/x</initrd></os>`, "a file to boot with"],
    "os/dtb": [`<os>${OS}<dtb>/tmp/x</dtb></os>`, "a file to boot with"],
    "os/shim": [`<os>${OS}<shim>/tmp/x</shim></os>`, "a file to boot with"],
    "os/acpi/table[1]": [`<os>${OS}<acpi><table type='slic'>/tmp/x</table></acpi></os>`, "a file to boot with"],
    "sysinfo[1]/entry[2]/@file": [
      "<sysinfo type='fwcfg'><entry name='opt/a'>b</entry><entry name='opt/b' file='/tmp/x'/></sysinfo>",
      "a file to boot with",
    ],
    "devices/pstore/path": [
      "<devices><pstore backend='acpi-erst'><path>/tmp/x</path><size unit='KiB'>64</size></pstore></devices>",
      "memory of the firmware",
    ],
    "devices/interface[1]/rom/@file": [
      "<devices><interface type='user'><rom file='/tmp/x'/></interface></devices>",
      "firmware",
    ],
    "devices/hostdev[1]/rom/@file": [
      `<devices><hostdev mode='subsystem' type='pci'><source><address bus='1'/></source><rom file='/tmp/x'/></hostdev>
        </devices>`,
      "firmware",
    ],
    "devices/memory[1]/source/path": [
      `<devices><memory model='nvdimm'><source><path>/tmp/x</path></source><target><size unit='GiB'>1</size></target>
        </memory></devices>`,
      "a disk",
    ],
  } as const,
  ([parts, what], at) => judge(policy, guest(parts)).denied({ reason: `/tmp/x is not allowed as ${what}; use /`, at }),
);

test("an empty list allows nothing", () => {
  const boot = guest(`<os>${OS}<kernel>/var/lib/libvirt/boot/vmlinuz</kernel></os>`);
  judge(policy, boot, { settings: { boot: [] } }).denied("is not allowed as a file to boot with; none is");
  const disk = withDisks(file("/var/lib/libvirt/images/a"));
  judge(policy, disk, { settings: { disks: [] }, event: "qemu/migrate" }).denied("is not allowed as a disk; none is");
});

test("the example lists a folder, a pool and a volume group", () => {
  const document = withDisks(
    file("/var/lib/libvirt/images/a"),
    "<disk type='volume'><source pool='default' volume='a'/></disk>",
    "<disk type='block'><source dev='/dev/guests/a'/></disk>",
  );
  judge(policy, document, { settings: "configured" }).allowed();
});

testEach(
  "settings that are no places are refused",
  { relative: "srv/images/", "a way up": "/srv/../images/", "a dot at the end": "/srv/.", empty: "" },
  (place) =>
    settingsRefused(
      policy,
      { disks: [place] },
      "settings.disks[0]: must be a path such as /srv/images/ or a source such as rbd:guests/",
    ),
);
