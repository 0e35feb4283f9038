import { definePolicy } from "virt-warden";

/**
 * A dump of a guest's memory is a file of the host with all that the guest knew: keys of its disks, passwords, what its
 * users typed. libvirt writes one where a guest crashes or its watchdog says so, and a core dump of QEMU holds the
 * guest's memory where its document asks for it, whatever `dump_guest_core` in `qemu.conf` says.
 * @see https://libvirt.org/formatdomain.html#memory-allocation
 * @see https://libvirt.org/formatdomain.html#events-configuration
 * @see https://libvirt.org/formatdomain.html#watchdog-devices
 */
export default definePolicy({
  name: "no-memory-dumps",
  description: "No guest's memory is written to files of the host when something crashes.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore", "libxl/prepare", "libxl/migrate"],
  check({ domain, deny }) {
    if (domain.memory?.dumpCore === "on") {
      deny("core dumps of the emulator hold the guest's memory; use dumpCore='off'", { at: "memory/@dumpCore" });
    }
    const action = domain.on_crash;
    if (action === "coredump-destroy" || action === "coredump-restart") {
      deny(`${action} writes the guest's memory to a file; use ${action.slice("coredump-".length)}`, {
        at: "on_crash",
      });
    }
    for (const [index, watchdog] of (domain.devices?.watchdog ?? []).entries()) {
      if (watchdog.action !== "dump") continue;
      deny("the watchdog writes the guest's memory to a file; use the action reset", {
        at: `devices/watchdog[${index + 1}]/@action`,
      });
    }
  },
});
