import * as v from "valibot";
import { definePolicy } from "virt-warden";

const pattern = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z0-9_.-]+\*?$/, "must be a machine type such as q35 or pc-q35-*, with * at its end at most"),
);

const version = v.pipe(v.string(), v.regex(/^\d+(?:\.\d+){0,2}$/, "must be a version such as 6.2, in quotes"));

/** The machines that QEMU maintains for guests by virtualization, each by any version. */
const TYPES: readonly string[] = [
  ...["q35", "pc-q35-*", "microvm", "virt", "virt-*"],
  ...["pseries", "pseries-*", "s390-ccw-virtio", "s390-ccw-virtio-*"],
];

/**
 * A machine type says which hardware QEMU emulates: old chips of a legacy machine are old code to attack, and one that
 * QEMU has deprecated soon starts nowhere. QEMU deprecates versioned machine types after three years and deletes them
 * after six, whether guests still have them or not.
 * @see https://www.qemu.org/docs/master/about/deprecated.html
 * @see https://libvirt.org/formatdomain.html#operating-system-booting
 */
export default definePolicy({
  name: "allowed-machine-types",
  description: "Guests have machine types that QEMU maintains, and none too old.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  settings: v.strictObject({
    /** Allowed machine types; a `*` at the end stands for the rest. */
    types: v.optional(v.pipe(v.array(pattern), v.minLength(1)), TYPES),
    /**
     * The oldest version by family, which is all before the version: `pc-q35: "6.2"`, `pc-q35-rhel: "9.0.0"`. `q35`
     * alone is the newest that QEMU has.
     */
    oldest: v.optional(v.record(v.string(), version), {}),
  }),
  check({ domain, settings, deny }) {
    const machine = domain.os?.type.machine;
    const at = "os/type/@machine";
    if (machine === undefined) {
      deny("the guest has no machine type, so that QEMU's default applies; write one", { at });
      return;
    }
    if (!settings.types.some((type) => matches(machine, type))) {
      deny(`machine type ${machine} is not allowed; use one that its settings list, such as ${settings.types[0]}`, {
        at,
      });
      return;
    }
    const families = Object.entries(settings.oldest);
    const [, family = machine, own] = /^(.*?)-?(\d+(?:\.\d+)*)$/.exec(machine) ?? [];
    const oldest = new Map(families).get(family);
    if (own !== undefined && oldest !== undefined) {
      if (compare(own, oldest) < 0) deny(`machine type ${machine} is older than version ${oldest}`, { at });
    } else if (families.some(([name]) => machine.startsWith(`${name}-`))) {
      deny(`machine type ${machine} has no version that can be compared; use one that oldest names`, { at });
    }
  },
});

/** Whether a machine type is a listed one. */
function matches(machine: string, type: string): boolean {
  return type.endsWith("*") ? machine.startsWith(type.slice(0, -1)) : machine === type;
}

/** Which of two versions is the older one: below 0 the first, above 0 the second. */
function compare(one: string, other: string): number {
  const theirs = other.split(".").map(Number);
  const ours = one.split(".").map(Number);
  for (let part = 0; part < Math.max(ours.length, theirs.length); part += 1) {
    const difference = (ours[part] ?? 0) - (theirs[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
