import * as v from "valibot";
import { definePolicy } from "virt-warden";

/**
 * With type `qemu` the guest's code is translated by QEMU's TCG, for which QEMU's developers promise no isolation: a bug
 * there is no security bug to them. It is also many times slower, which the host's other guests feel.
 * @see https://www.qemu.org/docs/master/system/security.html
 */
export default definePolicy({
  name: "allowed-hypervisor-types",
  description: "Guests run by the CPU's virtualization, not by emulation, which isolates nothing.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  settings: v.strictObject({
    /** Allowed types: `kvm`, `hvf` for macOS, `qemu` for emulation. */
    types: v.optional(v.array(v.picklist(["kvm", "hvf", "qemu"])), ["kvm"]),
  }),
  check({ domain, settings, deny }) {
    if (settings.types.some((type) => type === domain.type)) return;
    deny(`type ${domain.type} is not allowed; use ${settings.types.join(" or ") || "none"}`, { at: "@type" });
  },
});
