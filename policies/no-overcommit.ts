import * as v from "valibot";
import { bytes, definePolicy } from "virt-warden";

const MIB = 2 ** 20;

const ratio = (usual: number) => v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), usual);

/**
 * What all guests of a host may have together: those that run, those that are being started, and the one that asks. Each
 * counts with the most that it can have: its `<memory>` and its `<vcpu>`. A host that has promised more memory than it has ends processes, guests
 * among them, once it is used.
 * @see https://docs.kernel.org/mm/overcommit-accounting.html
 * @see https://libvirt.org/formatdomain.html#memory-allocation
 */
export default definePolicy({
  name: "no-overcommit",
  description: "The guests of a host have no more memory and vCPUs together than the host can give them.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  needs: ["guests"],
  settings: v.strictObject({
    /** How much of the host's memory guests may have; over 1, some of it is promised twice. */
    memory: ratio(1),
    /** How many vCPUs guests may have for each CPU of the host; most guests' wait most of the time. */
    vcpus: ratio(4),
    /** What stays with the host itself, in MiB, before the ratio is taken. */
    reserve: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 0),
  }),
  check({ domain, host, settings, deny }) {
    const { guests } = host;
    const andOthers = (amount: string) => {
      if (guests.length === 0) return "";
      return ` and ${amount} of ${guests.length} other ${guests.length === 1 ? "guest" : "guests"}`;
    };

    const vcpus = domain.vcpu?.value ?? 1;
    const allVcpus = guests.reduce((sum, guest) => sum + guest.vcpus, vcpus);
    const mostVcpus = Math.floor(host.cpus * settings.vcpus);
    if (allVcpus > mostVcpus) {
      const limit = `the limit of ${mostVcpus} (${host.cpus} CPUs, ratio ${settings.vcpus})`;
      deny(`${vcpus} vCPUs${andOthers(`${allVcpus - vcpus}`)} are more than ${limit}`, { at: "vcpu" });
    }

    if (domain.memory === undefined) {
      deny("the guest does not say how much memory it has", { at: "memory" });
      return;
    }
    const memory = bytes(domain.memory);
    const allMemory = guests.reduce((sum, guest) => sum + guest.memory, memory);
    const mostMemory = Math.max(0, host.memory - settings.reserve * MIB) * settings.memory;
    if (allMemory > mostMemory) {
      const reserve = settings.reserve === 0 ? "" : `, ${settings.reserve} MiB reserved`;
      const limit = `the limit of ${size(mostMemory, Math.floor)} (${size(host.memory, Math.floor)}${reserve}, ratio ${settings.memory})`;
      deny(`${size(memory)} of memory${andOthers(size(allMemory - memory))} are more than ${limit}`, { at: "memory" });
    }
  },
});

/** A size as people write it: whole GiB, or else whole MiB. */
function size(amount: number, round = Math.ceil): string {
  return amount % (1024 * MIB) === 0 ? `${amount / 1024 / MIB} GiB` : `${round(amount / MIB)} MiB`;
}
