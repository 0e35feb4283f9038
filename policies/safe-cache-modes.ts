import * as v from "valibot";
import { definePolicy } from "virt-warden";

/**
 * With cache mode `unsafe` the host ignores what the guest asks to be written to the disk for good: after a crash of the
 * host its file systems can be beyond repair. With error policy `ignore` writes fail and the guest is told that they
 * succeeded. All other modes, `writeback` among them, keep what the guest flushed.
 * @see https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
 * @see https://www.qemu.org/docs/master/system/qemu-manpage.html `-drive`, `cache` and `werror`
 */
export default definePolicy({
  name: "safe-cache-modes",
  description: "Guests' disks keep what a guest was told is written.",
  settings: v.strictObject({
    /** `none` and `directsync` alone bypass the host's page cache. */
    modes: v.optional(
      v.pipe(
        v.array(v.picklist(["default", "none", "writeback", "writethrough", "directsync", "unsafe"])),
        v.minLength(1, "must name a mode at least"),
      ),
      ["default", "none", "writeback", "writethrough", "directsync"],
    ),
  }),
  check({ domain, settings, deny }) {
    for (const [index, { device, driver, readonly }] of (domain.devices?.disk ?? []).entries()) {
      // what is never written cannot be lost
      if (device === "cdrom" || readonly !== undefined) continue;
      const at = `devices/disk[${index + 1}]/driver`;
      const { cache = "default", error_policy } = driver ?? {};
      if (!settings.modes.includes(cache)) {
        deny(`cache mode ${cache} is not allowed; use ${settings.modes.join(", ")}`, { at: `${at}/@cache` });
      }
      if (error_policy === "ignore") {
        deny("error policy ignore loses writes that fail; use stop, report or enospace", { at: `${at}/@error_policy` });
      }
    }
  },
});
