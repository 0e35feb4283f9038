import { definePolicy } from "virt-warden";

/** SELinux types that confine guests and containers. */
const SELINUX_TYPES = [
  ...["svirt_t", "svirt_tcg_t", "svirt_kvm_net_t", "svirt_qemu_net_t", "svirt_lxc_net_t"],
  ...["container_t", "container_kvm_t"],
];

/**
 * Without the SELinux or AppArmor confinement that `<seclabel type='none'>` takes away, a broken-out guest reaches other
 * guests' disks, and a container its host. So does one whose own label confines nothing, or makes it run as root. Xen's
 * guests are kept apart by Xen, whatever this says.
 * @see https://libvirt.org/formatdomain.html#security-label
 * @see https://libvirt.org/drvqemu.html#driver-security-architecture
 */
export default definePolicy({
  name: "require-seclabel",
  description: "Guests run confined by the host's security driver.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore", "lxc/prepare"],
  check({ domain, deny }) {
    for (const [index, label] of domain.seclabel.entries()) {
      const at = `seclabel[${index + 1}]`;
      if (label.type === "none") {
        deny("the guest runs without confinement (seclabel type none); use type dynamic", { at: `${at}/@type` });
      } else {
        // a dynamic label is libvirt's own, made from the base label
        const [element, text] =
          label.type === "static" ? (["label", label.label] as const) : (["baselabel", label.baselabel] as const);
        if (text !== undefined && !confines(text, label.model)) {
          deny(`the label ${text} is none that confines guests; leave it to libvirt`, { at: `${at}/${element}` });
        }
      }
    }
  },
});

/** Whether a label confines, by its security driver: what is known to, and no other. */
function confines(label: string, model: string | undefined): boolean {
  // root, as a name or a number
  const isRoot = (name: string) => /^(?:\+?0+|root)$/.test(name);
  switch (model) {
    case "selinux":
      return SELINUX_TYPES.includes(label.split(":")[2] ?? "");
    case "apparmor":
      return /^libvirt-./.test(label);
    case "dac":
      return /^[^:]+:[^:]+$/.test(label) && !label.split(":").some(isRoot);
    default:
      return false;
  }
}
