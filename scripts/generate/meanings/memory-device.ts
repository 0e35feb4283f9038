import type { Meanings } from "./meanings.ts";

const UNIT = "The unit of `value`; KiB when absent.";
const SIZE = "The number of units; `bytes()` gives bytes.";

/** What the parts of a memory device mean. */
export const memoryDevice: Meanings = {
  "devices/memory": "Memory added as a device: it can be plugged in and out. Its size is part of `domain.memory`.",
  "devices/memory/@model":
    "`dimm` is plain memory and `virtio-mem` memory that can be resized; `nvdimm` and `virtio-pmem` show a file or device of the host as persistent memory; `sgx-epc` is memory for SGX enclaves.",
  "devices/memory/@access":
    "Whether the module's memory is shared with other processes of the host, and writes reach its file: `shared`, or `private`.",
  "devices/memory/@discard": "Whether a `dimm`'s contents are thrown away at the end, as with `memoryBacking.discard`.",
  "devices/memory/uuid": "Identifies an `nvdimm` of a pSeries guest.",
  "devices/memory/driver": "Options of the virtio transport.",
  "devices/memory/source": "What the memory is on the host. Absent: as for the guest's other memory.",
  "memory/source/pagesize": "The size of the host's pages behind the memory, in KiB unless `unit` says otherwise.",
  "memory/source/pagesize/@unit": UNIT,
  "memory/source/pagesize/text()": SIZE,
  "memory/source/nodemask": "The host's NUMA nodes that the memory comes from, as a list such as `0-3,^2`.",
  "memory/source/path":
    "The file or device of the host whose contents the guest sees, and can write to when shared and not `readonly`: an absolute path.",
  "memory/source/alignsize": "The alignment at which `path` is mapped, in KiB unless `unit` says otherwise.",
  "memory/source/alignsize/@unit": UNIT,
  "memory/source/alignsize/text()": SIZE,
  "memory/source/pmem": "`path` is true persistent memory, and what the guest writes is to be durable.",
  "devices/memory/target": "How the guest sees the memory.",
  "memory/target/@dynamicMemslots":
    "For `virtio-mem`: whether the hypervisor splits the memory into slots as it grows. Older vhost-user backends refuse that.",
  "memory/target/size":
    "How much memory the device adds, or for `virtio-mem` can add at most; in KiB unless `unit` says otherwise.",
  "memory/target/size/@unit": UNIT,
  "memory/target/size/text()": SIZE,
  "memory/target/node": "The guest's NUMA node that the memory joins.",
  "memory/target/block": "The step in which `virtio-mem` grows and shrinks, in KiB unless `unit` says otherwise.",
  "memory/target/block/@unit": UNIT,
  "memory/target/block/text()": SIZE,
  "memory/target/requested":
    "How much of `size` a `virtio-mem` device is asked to give the guest, in KiB unless `unit` says otherwise.",
  "memory/target/requested/@unit": UNIT,
  "memory/target/requested/text()": SIZE,
  "memory/target/current":
    "How much a `virtio-mem` device gives now: output only, in KiB unless `unit` says otherwise.",
  "memory/target/current/@unit": UNIT,
  "memory/target/current/text()": SIZE,
  "memory/target/label": "The part of an `nvdimm` that holds its labels.",
  "memory/target/label/size": "The size of the label area, in KiB unless `unit` says otherwise.",
  "memory/target/label/size/@unit": UNIT,
  "memory/target/label/size/text()": SIZE,
  "memory/target/readonly": "The guest cannot write to the `nvdimm`.",
  "memory/target/address": "Where in the guest's physical memory a `virtio-mem` or `virtio-pmem` device lies.",
  "memory/target/address/@base": "The first address, in hex.",
};
