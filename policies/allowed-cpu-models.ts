import * as v from "valibot";
import { definePolicy } from "virt-warden";

/** Features that QEMU's documentation requires or recommends against flaws of the CPU. */
const MITIGATIONS = ["amd-ssbd", "ibpb", "md-clear", "pcid", "spec-ctrl", "ssbd", "stibp", "virt-ssbd"];

/**
 * The hypervisor's default models leave a guest open to flaws that the host's CPU has a remedy for, and so does a model
 * whose remedies are switched off. Models that are listed for all hosts let guests migrate between them.
 * @see https://www.qemu.org/docs/master/system/qemu-cpu-models.html
 */
export default definePolicy({
  name: "allowed-cpu-models",
  description: "Guests have a listed CPU model, with its protection against flaws of the CPU.",
  settings: v.strictObject({
    /** Named models, as libvirt writes them: `EPYC-Rome`. */
    models: v.optional(v.array(v.string()), []),
    /** Modes that take the model from the host. */
    modes: v.optional(v.array(v.picklist(["host-model", "host-passthrough", "maximum"])), ["host-model"]),
    /** Features that a guest must not be without, where its CPU can have them. */
    mitigations: v.optional(v.array(v.string()), MITIGATIONS),
  }),
  check({ domain: { cpu }, settings, deny }) {
    // libvirt's default
    const mode = cpu?.mode ?? "custom";
    const modes = settings.modes.map((listed) => `mode ${listed}`);
    const instead = `use ${[...modes, "a model that its settings list"].join(" or ")}`;
    if (mode !== "custom") {
      if (!settings.modes.includes(mode)) deny(`CPU mode ${mode} is not allowed; ${instead}`, { at: "cpu/@mode" });
    } else if (cpu?.model === undefined) {
      deny(`the guest names no CPU model, so that it gets the hypervisor's default; ${instead}`, { at: "cpu" });
    } else if (!settings.models.includes(cpu.model.value)) {
      deny(`CPU model ${cpu.model.value} is not allowed; ${instead}`, { at: "cpu/model" });
    }
    for (const [index, { name, policy }] of (cpu?.feature ?? []).entries()) {
      if ((policy === "disable" || policy === "forbid") && settings.mitigations.includes(name)) {
        deny(`CPU feature ${name} protects from flaws of the CPU; do not ${policy} it`, {
          at: `cpu/feature[${index + 1}]/@policy`,
        });
      }
    }
  },
});
