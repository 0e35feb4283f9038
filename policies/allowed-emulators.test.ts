import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-emulators.ts";

/** A guest with these devices. */
const withDevices = (devices: string) => guest(`<devices>${devices}</devices>`);
const emulator = (path: string) => withDevices(`<emulator>${path}</emulator>`);

testEach(
  "programs that distributions install for libvirt are allowed, and so is none written",
  {
    none: guest(),
    "x86 on Debian": emulator("/usr/bin/qemu-system-x86_64"),
    "Arm on Debian": emulator("/usr/bin/qemu-system-aarch64"),
    "Red Hat": emulator("/usr/libexec/qemu-kvm"),
    container: emulator("/usr/lib/libvirt/libvirt_lxc"),
    virtiofsd: withDevices(
      "<filesystem><binary path='/usr/libexec/virtiofsd'/><source dir='/srv'/><target dir='a'/></filesystem>",
    ),
    "a container's folder": withDevices("<filesystem type='ram'><source usage='1'/><target dir='/tmp'/></filesystem>"),
    "an interface without a script": withDevices("<interface type='bridge'><source bridge='br0'/></interface>"),
  },
  (document) => judge(policy, document).allowed(),
);

testEach(
  "other programs are denied as emulators",
  {
    elsewhere: "/home/user/qemu-system-x86_64",
    "a wrapper": "/usr/local/bin/qemu",
    "a folder below": "/usr/bin/qemu-system-x/evil",
    "a way up": "/usr/bin/qemu-system-/../../../tmp/evil",
    shell: "/bin/sh",
  },
  (path) => {
    judge(policy, emulator(path)).denied({
      reason: `the emulator ${path} is not allowed; use /usr/bin/qemu-system-*`,
      at: "devices/emulator",
    });
  },
);

test("scripts and boot loaders are denied unless they are listed", () => {
  const document = guest(
    `<bootloader>/usr/bin/pygrub</bootloader><devices>
      <interface type='bridge'><source bridge='br0'/><script path='/etc/xen/scripts/vif-bridge'/></interface>
      <interface type='ethernet'><script path='/etc/qemu-ifup'/><downscript path='/etc/qemu-ifdown'/></interface>
    </devices>`,
  );
  judge(policy, document, { event: "libxl/prepare" }).denied(
    { reason: "the boot loader /usr/bin/pygrub is not allowed; leave it out", at: "bootloader" },
    { reason: "the script /etc/xen/scripts/vif-bridge", at: "devices/interface[1]/script/@path" },
    { reason: "the script /etc/qemu-ifup", at: "devices/interface[2]/script/@path" },
    { reason: "the script /etc/qemu-ifdown", at: "devices/interface[2]/downscript/@path" },
  );
  const scripts = ["/usr/bin/pygrub", "/etc/xen/scripts/*", "/etc/qemu-if*"];
  judge(policy, document, { event: "libxl/prepare", settings: { scripts } }).allowed();
});

test("programs that serve shared folders are denied unless they are listed", () => {
  const document = withDevices(
    `<filesystem type='mount'><driver type='virtiofs'/><binary path='/tmp/virtiofsd'/><source dir='/srv'/>
      <target dir='a'/></filesystem>`,
  );
  judge(policy, document).denied({
    reason: "the virtiofsd /tmp/virtiofsd is not allowed; use /usr/libexec/virtiofsd",
    at: "devices/filesystem[1]/binary/@path",
  });
  judge(policy, document, { settings: { virtiofsd: ["/tmp/virtiofsd"] } }).allowed();
});

test("settings replace the usual programs", () => {
  const settings = { emulators: ["/opt/qemu/bin/qemu-system-x86_64"] };
  judge(policy, emulator("/opt/qemu/bin/qemu-system-x86_64"), { settings }).allowed();
  judge(policy, emulator("/usr/bin/qemu-system-x86_64"), { settings, event: "qemu/restore" }).denied(
    "use /opt/qemu/bin/qemu-system-x86_64",
  );
});

testEach(
  "settings that are no programs are refused",
  { relative: "qemu", "a star inside": "/usr/*/qemu", "a way up": "/usr/../qemu", folder: "/usr/bin/", empty: "" },
  (program) =>
    settingsRefused(
      policy,
      { emulators: [program] },
      "settings.emulators[0]: must be an absolute path such as /usr/bin/qemu-kvm, with * at its end at most",
    ),
);
