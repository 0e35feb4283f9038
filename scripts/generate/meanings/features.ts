import type { Meanings } from "./meanings.ts";
import { withState } from "./with-state.ts";

/** Features that an element without `state` switches on. */
const PRESENT_IS_ON: Meanings = {
  "features/hap": "Hardware-assisted paging. Absent: used where the host has it.",
  "features/pvspinlock": "Paravirtual spinlocks: a guest CPU that waits for a lock can sleep.",
  "features/pmu": "The performance monitoring unit: counters that a guest can also measure its surroundings with.",
  "features/vmport": "VMware's I/O port, which some mouse drivers use.",
  "features/smm":
    "System management mode, which Secure Boot needs to protect UEFI's variables from the guest's kernel.",
  "features/vmcoreinfo": "A device where the guest's kernel leaves details for crash dumps.",
};

/** Features whose `state` is required; without the element the hypervisor decides. */
const STATED: Meanings = {
  "features/htm": "Transactional memory of pSeries guests.",
  "features/nested-hv": "Nested virtualization for pSeries guests; the host has to allow it too.",
  "features/ccf-assist": "Help of the hardware in flushing the count cache (pSeries), against speculation attacks.",
  "features/ras": "Reports memory errors of the host to an ARM guest.",
  "features/ps2": "The controller for PS/2 keyboards and mice.",
};

/** What the features of a machine mean; hypervisors' own are apart. */
export const features: Meanings = {
  ...withState(PRESENT_IS_ON, "Whether it is on; absent, it is."),
  ...withState(STATED, "Whether it is on."),
  "features/pae": "32-bit guests can use more than 4 GiB of memory.",
  "features/apic": "The guest has an APIC, the interrupt controller of x86.",
  "features/apic/@eoi": "Whether the guest can use the shortcut for the end of an interrupt.",
  "features/acpi": "The guest has ACPI, which x86 guests need to shut down when asked.",
  "features/hyperv": "Hyper-V's enlightenments, which make Windows guests run better.",
  "features/viridian": "Xen's older switch for Hyper-V enlightenments.",
  "features/kvm": "Features of KVM.",
  "features/xen": "Features of Xen.",
  "features/privnet":
    "A container always gets a network namespace of its own. Without this and without interfaces it shares the host's network.",
  "features/capabilities": "The Linux capabilities that a container keeps.",
  "features/smm/tseg":
    "The size of the memory set aside for system management mode (TSEG), in MiB unless `unit` says otherwise. Absent: the machine type's.",
  "features/smm/tseg/@unit": "The unit of `value`; MiB when absent, unlike elsewhere.",
  "features/smm/tseg/text()": "The number of units; 0 leaves only the classic sizes.",
  "features/gic": "The interrupt controller of ARM guests.",
  "features/gic/@version": "Its version; `host` is the host's. Absent: the hypervisor's choice.",
  "features/ioapic": "Who emulates the I/O APIC.",
  "features/ioapic/@driver":
    "`kvm`, the default of KVM guests, is the host's kernel; `qemu` is the guest's own process.",
  "features/hpt": "The hash page table of pSeries guests.",
  "features/hpt/@resizing":
    "Whether it can be resized: `enabled` where both sides can, `required` stops the start where they cannot. Absent: the hypervisor decides.",
  "features/hpt/maxpagesize": "The largest page that the guest can use, in KiB unless `unit` says otherwise.",
  "features/hpt/maxpagesize/@unit": "The unit of `value`; KiB when absent.",
  "features/hpt/maxpagesize/text()": "The number of units; `bytes()` gives bytes.",
  "features/msrs": "How bhyve treats model-specific registers that it does not know.",
  "features/msrs/@unknown": "`ignore` passes over reads and writes of them; `fault`, the default, does not.",
  "features/cfpc": "Flushing the cache on a change of privilege (pSeries), against speculation attacks.",
  "features/cfpc/@value":
    "`broken` does not protect the guest, `workaround` protects in software, `fixed` in hardware.",
  "features/sbbc": "A speculation barrier at bounds checks (pSeries).",
  "features/sbbc/@value":
    "`broken` does not protect the guest, `workaround` protects in software, `fixed` in hardware.",
  "features/ibs": "Protection from speculation across indirect branches (pSeries).",
  "features/ibs/@value":
    "`broken` does not protect; `workaround` flushes the count cache; `fixed-ibs` serializes branches, `fixed-ccd` has that cache off, `fixed-na` does not need it.",
  "features/tcg": "Features of QEMU's emulation, TCG.",
  "tcg/tb-cache": "The size of the cache for translated code, whole MiB; in KiB unless `unit` says otherwise.",
  "tcg/tb-cache/@unit": "The unit of `value`; KiB when absent.",
  "tcg/tb-cache/text()": "The number of units; `bytes()` gives bytes.",
  "features/async-teardown": "How the host gets the guest's memory back when it ends.",
  "features/async-teardown/@enabled": "Whether in the background, after the guest counts as stopped.",
  "features/aia": "The advanced interrupt architecture of RISC-V guests.",
  "features/aia/@value":
    "Which controllers: one APLIC a socket, or with `aplic-imsic` also an IMSIC a core; `none` for neither.",
  "features/virtualization": "The guest's CPU offers virtualization, so that it can run guests of its own.",
};
