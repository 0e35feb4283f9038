import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./safe-cache-modes.ts";

/** A guest with a disk whose driver has these attributes. */
const withDriver = (attributes: string, more = "", device = "disk") =>
  guest(
    `<devices><disk type='file' device='cdrom'><target dev='sda'/></disk>
      <disk type='file' device='${device}'><driver name='qemu' ${attributes}/><source file='/a'/><target dev='vda'/>${more}</disk>
    </devices>`,
  );

testEach(
  "modes that keep what a guest flushed are allowed",
  { none: "none", writeback: "writeback", writethrough: "writethrough", directsync: "directsync", default: "default" },
  (mode) => judge(policy, withDriver(`cache='${mode}' error_policy='stop'`)).allowed(),
);

testEach(
  "disks that name no mode are allowed",
  {
    driver: withDriver(""),
    "no driver": guest("<devices><disk type='block'><source dev='/dev/a'/><target dev='vda'/></disk></devices>"),
    "no devices": guest(),
  },
  (document) => judge(policy, document).allowed(),
);

test("a mode that ignores what the guest flushes is denied, unless the disk is only read", () => {
  judge(policy, withDriver("cache='unsafe'")).denied({
    reason: "cache mode unsafe is not allowed; use default, none, writeback, writethrough, directsync",
    at: "devices/disk[2]/driver/@cache",
  });
  judge(policy, withDriver("cache='unsafe'", "<readonly/>")).allowed();
  judge(policy, withDriver("cache='unsafe'", "", "cdrom")).allowed();
});

test("writes that fail in silence are denied", () => {
  judge(policy, withDriver("error_policy='ignore'")).denied({
    reason: "error policy ignore loses writes that fail; use stop, report or enospace",
    at: "devices/disk[2]/driver/@error_policy",
  });
});

test("settings list the modes, and at least one", () => {
  const settings = { modes: ["none" as const] };
  judge(policy, withDriver("cache='none'"), { settings }).allowed();
  judge(policy, withDriver("cache='writeback'"), { settings, event: "qemu/migrate" }).denied("use none");
  judge(policy, withDriver(""), { settings, event: "qemu/restore" }).denied("cache mode default is not allowed");
  settingsRefused(policy, { modes: [] }, "settings.modes: must name a mode at least");
});
