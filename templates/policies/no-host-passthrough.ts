import { definePolicy } from "virt-warden";

// A policy is one file; its default export is what definePolicy returns.
export default definePolicy({
  // in messages, in the log, and under `rules` in virt-warden.yaml
  name: "no-host-passthrough",
  description: "Guests use a named CPU model, so that they can migrate.",
  // the events to watch, as libvirt names them; these three unless given
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  // `domain` is the guest's XML: names are libvirt's own, what can repeat is an array, what is absent is undefined
  check({ domain, deny }) {
    if (domain.cpu?.mode === "host-passthrough") {
      // refuses, and goes on: one run says all that is wrong; `at` is the place in the XML
      deny("CPU mode host-passthrough ties the guest to this host; use host-model", { at: "cpu/@mode" });
    }
  },
});
