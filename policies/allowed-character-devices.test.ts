import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-character-devices.ts";

/** A guest with these devices. */
const withDevices = (devices: string) => guest(`<devices>${devices}</devices>`);
const file = (path: string) => `<serial type='file'><source path='${path}'/></serial>`;
const socket = (attributes: string) => `<serial type='tcp'><source ${attributes} service='4555'/></serial>`;

testEach(
  "what libvirt chooses itself, and what stays in the guest's own screen, is allowed",
  {
    none: "",
    "a terminal": "<serial type='pty'><source path='/dev/pts/4'/></serial><console type='pty' tty='/dev/pts/4'/>",
    "a console without a type": "<console><target type='serial'/></console>",
    "the guest agent": `<channel type='unix'><source mode='bind'/>
      <target type='virtio' name='org.qemu.guest_agent.0'/></channel>`,
    "the same while it runs": `<channel type='unix'><source mode='bind'
      path='/run/libvirt/qemu/channel/1-web1/org.qemu.guest_agent.0'/><target type='virtio'/></channel>`,
    SPICE: `<channel type='spicevmc'><target type='virtio' name='com.redhat.spice.0'/></channel>
      <redirdev bus='usb' type='spicevmc'/><smartcard mode='passthrough' type='spicevmc'/>`,
    log: "<serial type='pty'><log file='/var/log/libvirt/qemu/web1-serial.log' append='on'/></serial>",
    "no character devices": `<smartcard mode='host'/>
      <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`,
  },
  (devices) => judge(policy, withDevices(devices)).allowed(),
);

testEach(
  "other types are denied wherever they are",
  {
    "devices/serial[1]": "<serial type='stdio'/>",
    "devices/parallel[1]": "<parallel type='stdio'/>",
    "devices/console[2]": "<console type='pty'/><console type='stdio'/>",
    "devices/channel[1]": "<channel type='stdio'><target type='virtio'/></channel>",
    "devices/redirdev[1]": "<redirdev bus='usb' type='stdio'/>",
    "devices/smartcard[1]": "<smartcard mode='passthrough' type='stdio'/>",
    "devices/rng[1]/backend": "<rng model='virtio'><backend model='egd' type='stdio'/></rng>",
  },
  (devices, at) => {
    judge(policy, withDevices(devices)).denied({ reason: "type stdio is not allowed", at: `${at}/@type` });
    judge(policy, withDevices(devices), { settings: { types: ["stdio", "pty"] } }).allowed();
  },
);

testEach(
  "files and sockets in other folders are denied",
  {
    file: "/etc/cron.d/guest",
    socket: "/run/docker.sock",
    "a way up": "/run/libvirt/qemu/channel/../../libvirt-sock",
    relative: "etc/shadow",
  },
  (path) => {
    const types = ["file" as const, "unix" as const, "pipe" as const];
    for (const type of types) {
      const document = withDevices(`<serial type='${type}'><source path='${path}'/></serial>`);
      judge(policy, document, { settings: { types } }).denied({
        reason: `path ${path} is not allowed; leave it to libvirt`,
        at: "devices/serial[1]/source[1]/@path",
      });
    }
  },
);

test("files in listed folders are allowed", () => {
  const settings = { types: ["file" as const], folders: ["/srv/consoles/"] };
  judge(policy, withDevices(file("/srv/consoles/web1.log")), { settings }).allowed();
  judge(policy, withDevices(file("/srv/consoles2/web1.log")), { settings }).denied("path /srv/consoles2/web1.log");
});

test("logs in other folders are denied", () => {
  const log = "<console type='pty'><log file='/etc/cron.d/guest'/></console>";
  judge(policy, withDevices(log)).denied({
    reason: "log /etc/cron.d/guest is not allowed",
    at: "devices/console[1]/log/@file",
  });
  judge(policy, withDevices(log), { settings: { logs: ["/etc/cron.d/"] } }).allowed();
});

test("a listener on the network is denied as it is, and with its type listed where others reach it without TLS", () => {
  judge(policy, withDevices(socket("mode='bind' host='127.0.0.1'"))).denied("type tcp is not allowed");
  const settings = { types: ["tcp" as const, "udp" as const] };
  const at = "devices/serial[1]/source[1]";
  judge(policy, withDevices(socket("mode='bind' host='127.0.0.1'")), { settings }).allowed();
  judge(policy, withDevices(socket("mode='bind' host='0.0.0.0'")), { settings }).denied({
    reason: "address 0.0.0.0 is not allowed",
    at,
  });
  judge(policy, withDevices(socket("mode='bind'")), { settings }).denied({
    reason: "address of every interface is not allowed",
    at,
  });
  const tls = socket("mode='connect' host='198.51.100.1' tls='yes'");
  judge(policy, withDevices(tls), { settings }).denied("address 198.51.100.1");
  judge(policy, withDevices(tls), { settings: { ...settings, tls: true } }).allowed();
  const udp = `<serial type='udp'><source mode='bind' host='::1' service='1'/>
    <source mode='connect' host='198.51.100.1' service='1' tls='yes'/></serial>`;
  judge(policy, withDevices(udp), { settings: { ...settings, tls: true } }).denied({
    reason: "address 198.51.100.1",
    at: "devices/serial[1]/source[2]",
  });
});

test("every event that starts a guest is watched", () => {
  for (const event of ["qemu/migrate", "qemu/restore", "lxc/prepare", "libxl/prepare", "libxl/migrate"] as const) {
    judge(policy, withDevices("<serial type='stdio'/>"), { event }).denied("type stdio");
  }
});

testEach(
  "settings that are no folders are refused",
  { "no slash at the end": "/srv/consoles", root: "/", "a way up": "/srv/../", relative: "srv/" },
  (folder) =>
    settingsRefused(
      policy,
      { folders: [folder] },
      "settings.folders[0]: must be a folder such as /srv/consoles/, without . and .. in it and with / at its end",
    ),
);
