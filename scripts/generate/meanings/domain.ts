import type { Meanings } from "./meanings.ts";

/** What every property of a guest means. */
export const domain: Meanings = {
  domain: "A guest: a virtual machine or a container.",
  "domain/@type": "What runs the guest: `kvm` with the CPU's help, `qemu` by emulation alone, `lxc` as a container.",
  "domain/@id": "The number of the running guest on its host; absent while it does not run.",
  "domain/name": "The guest's name, unique on its host.",
  "domain/uuid": "What identifies the guest everywhere, also after it is renamed or migrated.",
  "domain/hwuuid": "The UUID that the guest's devices show inside it, where that is not `uuid`.",
  "domain/genid":
    "The generation ID: a changed one tells the guest that it was cloned, restored or reverted. Empty: libvirt makes one.",
  "domain/title": "A short title for people.",
  "domain/description": "Free text for people; libvirt does not act on it.",
  "domain/metadata":
    "What applications store with the guest, one element for each namespace. libvirt keeps it and never acts on it: whoever defines the guest can write anything there.",
  "domain/cpu": "The CPU that the guest sees. Absent: the hypervisor's default model.",
  "domain/sysinfo": "System information for the guest: SMBIOS tables, or blobs for its firmware.",
  "domain/bootloader":
    "A program that the host runs to choose the guest's kernel (Xen, bhyve): code outside the guest, by absolute path.",
  "domain/bootloader_args": "Arguments for `bootloader`.",
  "domain/os": "What the guest boots: firmware and boot devices, a kernel of the host, or a container's first program.",
  "domain/clock": "How the guest's clock follows the host's, and which timers it has.",
  "domain/throttlegroups": "Named I/O limits that disks share.",
  "domain/memory":
    "The memory that the guest has at its start, memory devices included; in KiB unless `unit` says otherwise. It may be absent where NUMA cells say it.",
  "domain/maxMemory":
    "Up to how much memory can be plugged in while the guest runs; in KiB unless `unit` says otherwise. Absent: none can.",
  "domain/currentMemory":
    "The memory that the balloon leaves to the guest now; in KiB unless `unit` says otherwise. Absent: all of `memory`.",
  "domain/memoryBacking": "How the host provides the guest's memory.",
  "domain/vcpu": "The number of virtual CPUs that the guest can have, and the host CPUs that they may run on.",
  "domain/vcpus": "The state of single virtual CPUs.",
  "domain/iothreads": "How many threads there are for disk I/O alone.",
  "domain/iothreadids": "The I/O threads one by one, each with its number.",
  "domain/defaultiothread": "Worker threads of the main loop, which serves devices without an I/O thread.",
  "domain/blkiotune": "Weights and limits of the guest's I/O on the host's block devices.",
  "domain/memtune": "Limits on the host memory of the whole process that runs the guest.",
  "domain/cputune": "Shares, quotas, pinning and scheduling of the guest's threads on the host's CPUs.",
  "domain/numatune": "From which NUMA nodes of the host the guest's memory comes.",
  "domain/iommufd": "Whether the guest's host devices are assigned through the kernel's IOMMUFD interface.",
  "domain/resource": "Where the host accounts for the guest: its cgroup partition, its Fibre Channel ID.",
  "domain/features": "Features of the machine and the hypervisor. A flag without attributes is on where it is present.",
  "domain/on_reboot": "What follows when the guest asks to reboot.",
  "domain/on_poweroff": "What follows when the guest powers off.",
  "domain/on_crash": "What follows when the guest crashes.",
  "domain/on_lockfailure": "What follows when the guest loses the locks on its disks.",
  "domain/pm": "Whether the firmware offers sleep states to the guest.",
  "domain/perf": "Performance events that the host counts for the guest.",
  "domain/idmap":
    "How users and groups of a container map to the host's. Absent: root in the container is root on the host.",
  "domain/devices": "The guest's devices, and the emulator that provides them.",
  "domain/seclabel":
    "How the host's security drivers confine the guest, one element for each driver. Absent: the driver's default, mostly a label of the guest's own.",
  "domain/keywrap": "Which wrapping keys an s390 guest may use to protect its cryptographic keys. Absent: all.",
  "domain/launchSecurity":
    "Memory encryption and attestation by the CPU, which protect the guest from its host. Absent: the host can read its memory.",
  "domain/vmware:datacenterpath": "Where the guest lies in VMware's tree of data centers; output only.",
};
