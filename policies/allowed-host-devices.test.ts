import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-host-devices.ts";

/** A guest with these devices. */
const withDevices = (devices: string) => guest(`<devices>${devices}</devices>`);
const hostdev = (type: string, source: string, more = "mode='subsystem'") =>
  `<hostdev ${more} type='${type}'><source>${source}</source></hostdev>`;

/** Devices by their names in settings and reasons: the document's part, and its place. */
const DEVICES = {
  "pci:0000:0a:00.1": [
    hostdev("pci", "<address domain='0x0000' bus='0x0a' slot='0x00' function='0x1'/>"),
    "devices/hostdev[1]/source",
  ],
  "usb:046d:00c3": [
    hostdev("usb", "<vendor id='0x046D'/><product id='0xc3'/><address bus='1' device='2'/>"),
    "devices/hostdev[1]/source",
  ],
  "usb:046d without 0x:00c3": [hostdev("usb", "<vendor id='046d'/><product id='0xc3'/>"), "devices/hostdev[1]/source"],
  "usb:bus 14 device 6": [hostdev("usb", "<address bus='14' device='6'/>"), "devices/hostdev[1]/source"],
  "usb:bus 1 port 1.2": [hostdev("usb", "<address bus='1' port='1.2'/>"), "devices/hostdev[1]/source"],
  "usb:bus unknown device unknown": [hostdev("usb", "<vendor id='0x046d'/>"), "devices/hostdev[1]/source"],
  "scsi:scsi_host0:0:3:1": [
    hostdev("scsi", "<adapter name='scsi_host0'/><address bus='0' target='3' unit='1'/>"),
    "devices/hostdev[1]/source",
  ],
  "scsi:2101001b32a90004:0:0:0": [
    hostdev(
      "scsi",
      "<adapter type='fc_host' wwnn='2001001b32a90004' wwpn='2101001b32a90004'/><address bus='0' target='0' unit='0'/>",
    ),
    "devices/hostdev[1]/source",
  ],
  "scsi:unknown:0:0:0": [
    hostdev(
      "scsi",
      `<adapter type='scsi_host'><parentaddr unique_id='1'><address domain='0' bus='0' slot='1' function='0'/></parentaddr></adapter>
       <address bus='0' target='0' unit='0'/>`,
    ),
    "devices/hostdev[1]/source",
  ],
  "iscsi:a.example/iqn.2014-08.com.example:disk/1": [
    `<hostdev mode='subsystem' type='scsi'><source protocol='iscsi' name='iqn.2014-08.com.example:disk/1'>
      <host name='a.example'/></source></hostdev>`,
    "devices/hostdev[1]/source",
  ],
  "scsi_host:naa.5123456789abcde0": [
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>",
    "devices/hostdev[1]/source",
  ],
  "mdev:c2177883-f1bb-47f0-914d-32a22e3a8804": [
    hostdev("mdev", "<address uuid='C2177883-f1bb-47f0-914d-32a22e3a8804'/>", "mode='subsystem' model='vfio-pci'"),
    "devices/hostdev[1]/source",
  ],
  "storage:/dev/sdf1": [
    hostdev("storage", "<block>/dev/sdf1</block>", "mode='capabilities'"),
    "devices/hostdev[1]/source",
  ],
  "char:/dev/input/event3": [
    hostdev("misc", "<char>/dev/input/event3</char>", "mode='capabilities'"),
    "devices/hostdev[1]/source",
  ],
  "net:eth0": [hostdev("net", "<interface>eth0</interface>", "mode='capabilities'"), "devices/hostdev[1]/source"],
  "pci:0000:01:00.0": [
    `<disk type='nvme'><source type='pci' namespace='1'><address domain='0' bus='1' slot='0' function='0'/></source>
      <target dev='vda'/></disk>`,
    "devices/disk[1]/source/address",
  ],
  "vdpa:/dev/vhost-vdpa-1": [
    "<disk type='vhostvdpa'><source dev='/dev/vhost-vdpa-1'/><target dev='vda'/></disk>",
    "devices/disk[1]/source/@dev",
  ],
  "vdpa:/dev/vhost-vdpa-0": [
    "<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>",
    "devices/interface[1]/source/@dev",
  ],
  "pci:0000:03:10.0": [
    "<interface type='hostdev'><source><address type='pci' domain='0' bus='3' slot='0x10' function='0'/></source></interface>",
    "devices/interface[1]/source",
  ],
  "interface:unknown": [
    "<interface type='hostdev'><source><address bus='1' device='2'/></source></interface>",
    "devices/interface[1]/source",
  ],
  "input:/dev/input/event1": [
    "<input type='passthrough' bus='virtio'><source evdev='/dev/input/event1'/></input>",
    "devices/input[1]/source/@evdev",
  ],
  "input:/dev/input/event2": [
    "<input type='evdev'><source dev='/dev/input/event2'/></input>",
    "devices/input[1]/source/@dev",
  ],
  "tpm:/dev/tpm1": [
    "<tpm><backend type='passthrough'><device path='/dev/tpm1'/></backend></tpm>",
    "devices/tpm[1]/backend",
  ],
  "tpm:/dev/tpm0": ["<tpm><backend type='passthrough'/></tpm>", "devices/tpm[1]/backend"],
  "smartcard:host": ["<smartcard mode='host'/>", "devices/smartcard[1]/@mode"],
  "char:/dev/ttyS0": ["<serial type='dev'><source path='/dev/ttyS0'/></serial>", "devices/serial[1]/source"],
  "char:unknown": ["<parallel type='dev'/>", "devices/parallel[1]/source"],
  "char:/dev/ttyS1": [
    "<smartcard mode='passthrough' type='dev'><source path='/dev/ttyS1'/></smartcard>",
    "devices/smartcard[1]/source",
  ],
  "char:/dev/hwrng": [
    "<rng model='virtio'><backend model='egd' type='dev'><source path='/dev/hwrng'/></backend></rng>",
    "devices/rng[1]/backend/source",
  ],
} as const;

testEach("a device is denied unless it is listed", DEVICES, ([part, at], name) => {
  judge(policy, withDevices(part)).denied({ reason: `host device ${name} is not allowed`, at });
  judge(policy, withDevices(part), { settings: { devices: [name] } }).allowed();
});

test("devices that are none of the host's are allowed", () => {
  const document = withDevices(
    `<disk type='file'><source file='/a'/><target dev='vda'/></disk>
    <disk type='nvme' device='cdrom'><target dev='vdb'/></disk>
    <interface type='network'><source network='default'/></interface>
    <input type='tablet' bus='usb'/>
    <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
    <serial type='pty'/><console type='pty'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <redirdev bus='usb' type='spicevmc'/>
    <smartcard mode='passthrough' type='spicevmc'/><smartcard mode='host-certificates'>
      <certificate>1</certificate><certificate>2</certificate><certificate>3</certificate></smartcard>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`,
  );
  judge(policy, document).allowed();
  judge(policy, guest()).allowed();
});

test("every event that starts a guest is watched", () => {
  for (const event of ["qemu/migrate", "qemu/restore", "lxc/prepare", "libxl/prepare", "libxl/migrate"] as const) {
    judge(policy, withDevices(DEVICES["storage:/dev/sdf1"][0]), { event }).denied("storage:/dev/sdf1");
  }
});

test("settings that name no kind of device are refused", () => {
  const message = "settings.devices[0]: must be a device such as pci:0000:0a:00.0 or usb:046d:c31c";
  settingsRefused(policy, { devices: ["0000:0a:00.0"] }, message);
});
