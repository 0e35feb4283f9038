import { definePolicy } from "virt-warden";

/**
 * `<seclabel type='none'>` starts a guest without the SELinux or AppArmor confinement that keeps a broken-out guest
 * away from other guests' disks, or a container away from its host. Xen's guests are kept apart by Xen, whatever this
 * says.
 * @see https://libvirt.org/formatdomain.html#security-label
 */
export default definePolicy({
  name: "require-seclabel",
  description: "Guests run confined by the host's security driver.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore", "lxc/prepare"],
  check({ domain, deny }) {
    for (const [index, label] of domain.seclabel.entries()) {
      if (label.type === "none") {
        deny("the guest runs without confinement (seclabel type none); use type dynamic", {
          at: `seclabel[${index + 1}]/@type`,
        });
      }
    }
  },
});
