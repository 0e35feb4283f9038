import type { Meanings } from "./meanings.ts";

/** What the parts of a guest's CPU mean, its NUMA cells aside. */
export const cpu: Meanings = {
  "cpu/@mode":
    "How near the guest's CPU is to the host's. `custom`, the default, names a model; `host-model` copies the host's as libvirt knows it; `host-passthrough` and `maximum` migrate safely only to identical hosts.",
  "cpu/@match":
    "How strictly `model` and `feature` are meant: `exact`, the default; `minimum` lets the guest have more; `strict` refuses hosts whose CPU is not exactly that.",
  "cpu/@check":
    "Whether libvirt compares what was asked with what the hypervisor provides: `none` starts the guest regardless, `partial` checks before the start, `full` the CPU that came of it.",
  "cpu/@deprecated_features": "On s390: whether features that the hypervisor calls deprecated are on.",
  "cpu/@migratable":
    "For `host-passthrough` and `maximum`: `on` leaves out features that would block migration. It does not make migration between unlike hosts safe.",
  "cpu/model":
    "The named CPU model that the guest gets with mode `custom`. In the document of a running guest also what another mode came to.",
  "cpu/model/@fallback":
    "Whether a near model may take the place of one that the hypervisor lacks: `allow`, the default, or `forbid`, which stops the start instead.",
  "cpu/model/@vendor_id": "The vendor that the CPU tells the guest, 12 characters. Absent: the host's.",
  "cpu/model/text()": "The model's name, of those that libvirt's CPU map defines. Empty where the mode decides.",
  "cpu/vendor": "The vendor that the host's CPU must have. Absent: any.",
  "cpu/topology":
    "How the virtual CPUs form sockets, cores and threads. Their product usually has to be the maximal number of virtual CPUs.",
  "cpu/topology/@sockets": "The number of sockets.",
  "cpu/topology/@dies": "Dies in each socket; 1 when absent.",
  "cpu/topology/@clusters": "Clusters in each die; 1 when absent.",
  "cpu/topology/@cores": "Cores in each cluster, or in each die where no clusters are given.",
  "cpu/topology/@threads":
    "Threads in each core. With more than 1 the guest believes in siblings, which the host pairs only where it pins them so.",
  "cpu/feature": "A CPU feature that differs from the model's.",
  "cpu/feature/@policy":
    "`force` claims the feature whatever the host has, `require` stops the start without it, `optional` takes it where the host has it, `disable` hides it, `forbid` refuses hosts that have it.",
  "cpu/feature/@name": "The feature's name in libvirt's CPU map, such as `vmx` or `svm` (nested virtualization).",
  "cpu/cache": "What the guest sees of the CPU's caches. Absent: the hypervisor's default.",
  "cpu/cache/@level": "The cache level that is meant. Absent: all of them.",
  "cpu/cache/@mode": "`passthrough` shows the host's real data, `emulate` made-up data, `disable` no cache.",
  "cpu/maxphysaddr":
    "The width of the physical addresses that the CPU announces: it bounds the guest's memory. Absent: the hypervisor's default.",
  "cpu/maxphysaddr/@mode":
    "`passthrough` takes the host's width, which hinders migration to narrower hosts; `emulate` takes `bits`.",
  "cpu/maxphysaddr/@bits": "The width in bits, for `emulate`.",
  "cpu/maxphysaddr/@limit": "The most bits that `passthrough` announces, even where the host has more.",
};
