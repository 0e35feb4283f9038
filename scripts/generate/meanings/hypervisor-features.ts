import type { Meanings } from "./meanings.ts";
import { withState } from "./with-state.ts";

/** Hyper-V's enlightenments, and what Windows gains by each. */
const HYPERV: Meanings = {
  "hyperv/relaxed": "Relaxed timing: Windows does not crash when a late timer makes it believe in a hang.",
  "hyperv/vapic": "A virtual APIC, for faster interrupts.",
  "hyperv/spinlocks": "The guest tells the hypervisor when it waits long for a spinlock.",
  "hyperv/vpindex": "Numbers the virtual CPUs, as other enlightenments need it.",
  "hyperv/runtime": "Tells the guest how long its virtual CPUs have run.",
  "hyperv/synic": "The synthetic interrupt controller.",
  "hyperv/stimer": "Synthetic timers; they need `synic`.",
  "stimer/direct": "Timers raise interrupts directly, without messages.",
  "hyperv/reset": "The guest can reset itself through the hypervisor.",
  "hyperv/vendor_id":
    "The vendor that the hypervisor names itself by; drivers that refuse virtual machines look at it.",
  "hyperv/frequencies": "Shows the frequencies of the time stamp counter and the APIC.",
  "hyperv/reenlightenment": "Tells the guest when a migration changed the time stamp counter's frequency.",
  "hyperv/tlbflush": "The guest flushes other virtual CPUs' TLBs through the hypervisor.",
  "tlbflush/direct": "Flushes from nested guests reach the hypervisor directly.",
  "tlbflush/extended": "Flushes can name ranges of addresses.",
  "hyperv/ipi": "The guest sends interrupts between its CPUs through the hypervisor.",
  "hyperv/evmcs": "A faster interface for nested guests on Intel.",
  "hyperv/avic": "The synthetic interrupt controller together with the hardware's APIC virtualization.",
  "hyperv/emsr_bitmap": "Fewer updates of the bitmap of a nested guest's registers (MSRs).",
  "hyperv/xmm_input": "Hypercalls take their input from XMM registers.",
};

const KVM: Meanings = {
  "kvm/hidden": "Hides KVM from the usual ways to find it; drivers that refuse virtual machines then work.",
  "kvm/hint-dedicated":
    "Tells the guest that its virtual CPUs have host CPUs of their own. Untrue without pinning, it costs the host time.",
  "kvm/poll-control": "The guest waits busily for a moment before it sleeps: quicker I/O for more CPU time.",
  "kvm/pv-ipi": "The guest sends interrupts between its CPUs through the hypervisor.",
  "kvm/dirty-ring": "Changed memory is tracked in a ring for each virtual CPU, for migration.",
};

const XEN: Meanings = {
  "xen/e820_host": "Shows a paravirtualized guest the host's memory map.",
  "xen/passthrough": "The guest gets IOMMU mappings, so that PCI devices of the host can be assigned to it.",
};

/** What the features of Hyper-V's interface, KVM and Xen mean. */
export const hypervisorFeatures: Meanings = {
  ...withState({ ...HYPERV, ...KVM, ...XEN }, "Whether it is on."),
  "hyperv/@mode":
    "`custom`, the default, has what is listed; `host-model` starts from what the host offers; `passthrough` takes all that the hypervisor has, and migrates safely only to identical hosts.",
  "hyperv/spinlocks/@retries": "How often the guest tries before it tells; at least 4095.",
  "hyperv/vendor_id/@value": "The vendor, up to 12 characters.",
  "kvm/dirty-ring/@size": "The entries of a ring: a power of two from 1024 to 65536.",
  "xen/passthrough/@mode":
    "`share_pt`: the IOMMU uses the guest's own page tables; `sync_pt`: tables apart, kept in step. Absent: Xen's choice.",
};
