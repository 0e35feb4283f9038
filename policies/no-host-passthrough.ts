import { definePolicy } from "virt-warden";

/**
 * A guest that sees the host's own CPU cannot migrate to a host with another one. With KVM, mode maximum is the same
 * by another name. Containers have no CPU of their own, and libvirt knows no other mode for Xen's guests.
 * @see https://libvirt.org/formatdomain.html#cpu-model-and-topology
 */
export default definePolicy({
  name: "no-host-passthrough",
  description: "Guests use a named CPU model, so that they can migrate.",
  check({ domain, deny }) {
    const mode = domain.cpu?.mode;
    if (mode === "host-passthrough" || mode === "maximum") {
      deny(`CPU mode ${mode} ties the guest to this host; use host-model or a named model`, { at: "cpu/@mode" });
    }
  },
});
