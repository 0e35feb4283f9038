import { definePolicy } from "virt-warden";

/** A guest that sees the host's own CPU cannot migrate to a host with another one. */
export default definePolicy({
  name: "no-host-passthrough",
  description: "Guests use a named CPU model, so that they can migrate.",
  check({ domain, deny }) {
    if (domain.cpu?.mode === "host-passthrough") {
      deny("CPU mode host-passthrough ties the guest to this host; use host-model or a named model", {
        at: "cpu/@mode",
      });
    }
  },
});
