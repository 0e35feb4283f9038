import * as v from "valibot";
import { bytes, definePolicy } from "virt-warden";

const MIB = 2 ** 20;

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));

/**
 * What one guest may have at most, also by what can be plugged in while it runs; `no-overcommit` is about all together.
 * QEMU's own memory comes on top. Locked memory is never swapped, and libvirt then limits none of it: without
 * `memtune/hard_limit` such a guest can take all of the host's.
 * @see https://libvirt.org/formatdomain.html#memory-allocation
 * @see https://libvirt.org/formatdomain.html#memory-backing
 * @see https://libvirt.org/formatdomain.html#cpu-allocation
 */
export default definePolicy({
  name: "guest-limits",
  description: "No guest can have so much memory or so many vCPUs and threads that the host or others lack them.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** The most memory, in MiB; all of the host's unless given. */
    memory: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
    /** The most vCPUs; as many as the host has CPUs unless given. */
    vcpus: count,
    /** The most I/O threads; as many as the host has CPUs unless given. */
    iothreads: count,
    /** Whether memory may be locked without a limit. */
    locked: v.optional(v.boolean(), false),
  }),
  check({ domain, host, settings, deny }) {
    const most = settings.memory === undefined ? host.memory : settings.memory * MIB;
    const cells = domain.cpu?.numa?.cell ?? [];
    const amounts = [
      ...(["memory", "maxMemory", "currentMemory"] as const).flatMap((at) => {
        const amount = domain[at];
        return amount === undefined ? [] : { at: at as string, size: bytes(amount) };
      }),
      ...(cells.length === 0 ? [] : [{ at: "cpu/numa", size: cells.reduce((sum, cell) => sum + cellSize(cell), 0) }]),
    ];
    for (const { at, size } of amounts) {
      if (size > most) deny(`${mib(size)} of ${at} are more than the limit of ${mib(most, Math.floor)}`, { at });
    }
    if (!amounts.some(({ at }) => at === "memory" || at === "cpu/numa")) {
      deny("the guest does not say how much memory it has", { at: "memory" });
    }
    if (domain.memoryBacking?.locked && !settings.locked && domain.memtune?.hard_limit === undefined) {
      deny("locked memory has no limit; leave locked out, or set memtune/hard_limit", { at: "memoryBacking/locked" });
    }

    const vcpus = domain.vcpu?.value ?? 1;
    const mostVcpus = settings.vcpus ?? host.cpus;
    if (vcpus > mostVcpus) deny(`${vcpus} vCPUs are more than the limit of ${mostVcpus}`, { at: "vcpu" });

    const ids = domain.iothreadids?.iothread.length ?? 0;
    const threads = Math.max(domain.iothreads ?? 0, ids);
    const mostThreads = settings.iothreads ?? host.cpus;
    if (threads > mostThreads) {
      const at = threads === ids ? "iothreadids" : "iothreads";
      deny(`${threads} I/O threads are more than the limit of ${mostThreads}`, { at });
    }
  },
});

/** The bytes of a NUMA cell's memory. */
function cellSize({ memory, unit }: { readonly memory: number | string; readonly unit?: string }): number {
  return bytes(unit === undefined ? { memory } : { memory, unit });
}

/** A size as people write it. */
function mib(size: number, round = Math.ceil): string {
  return `${round(size / MIB)} MiB`;
}
