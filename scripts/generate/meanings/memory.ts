import type { Meanings } from "./meanings.ts";

const UNIT = "The unit of `value`; KiB when absent. `k` and `KiB` are 1024 bytes, `KB` is 1000.";

/** What the parts of a guest's memory mean, memory devices aside. */
export const memory: Meanings = {
  "domain/memory/@unit": UNIT,
  "domain/memory/@dumpCore": "Whether a core dump of the emulator holds the guest's memory, with all its secrets.",
  "domain/memory/text()": "The number of units; `bytes(domain.memory)` gives bytes. libvirt rounds up to whole KiB.",
  "domain/maxMemory/@unit": UNIT,
  "domain/maxMemory/@slots": "How many memory devices can be plugged in.",
  "domain/maxMemory/text()": "The number of units; `bytes()` gives bytes.",
  "domain/currentMemory/@unit": UNIT,
  "domain/currentMemory/text()": "The number of units; `bytes()` gives bytes.",
  "memoryBacking/hugepages": "The memory comes from huge pages. Without `page` in it: of the host's default size.",
  "hugepages/page": "A size of huge pages, and the guest's NUMA nodes that use it.",
  "hugepages/page/@size": "The size of a page, in KiB unless `unit` says otherwise.",
  "hugepages/page/@unit": "The unit of `size`; KiB when absent.",
  "hugepages/page/@nodeset":
    "The guest's NUMA nodes that use these pages, as a list such as `0-3,5`. Absent: all others.",
  "memoryBacking/nosharepages":
    "Equal pages are not merged with other guests' (KSM). It costs memory, and closes a side channel between guests.",
  "memoryBacking/locked":
    "The guest is never swapped out. libvirt lifts the limit on locked memory, so that a guest without `memtune.hard_limit` can exhaust the host.",
  "memoryBacking/source": "What the memory is on the host.",
  "memoryBacking/source/@type":
    "`anonymous`, the default, is private memory of the process; `memfd` a nameless file in memory; `file` files in a folder of the host.",
  "memoryBacking/access": "Whether other processes of the host can map the memory.",
  "memoryBacking/access/@mode":
    "`shared` is what vhost-user backends and virtiofs need; whoever holds the memory's file can then read the guest. NUMA cells may differ.",
  "memoryBacking/allocation": "When the host sets the memory aside.",
  "memoryBacking/allocation/@mode":
    "`immediate` at the start, so that it cannot run out later; `ondemand` as the guest uses it.",
  "memoryBacking/allocation/@threads": "How many threads set it aside at once.",
  "memoryBacking/discard":
    "The memory's contents are thrown away when the guest stops. It saves writing them back and is no promise to erase.",
  "memtune/hard_limit":
    "The most host memory that the guest's process may use, emulator included; the kernel kills it beyond. In KiB unless `unit` says otherwise.",
  "memtune/hard_limit/@unit": UNIT,
  "memtune/hard_limit/text()": "The number of units; `bytes()` gives bytes.",
  "memtune/soft_limit":
    "What the process is pressed back to when the host is short of memory. In KiB unless `unit` says otherwise.",
  "memtune/soft_limit/@unit": UNIT,
  "memtune/soft_limit/text()": "The number of units; `bytes()` gives bytes.",
  "memtune/min_guarantee": "Memory that the guest is promised (VMware, OpenVZ). In KiB unless `unit` says otherwise.",
  "memtune/min_guarantee/@unit": UNIT,
  "memtune/min_guarantee/text()": "The number of units; `bytes()` gives bytes.",
  "memtune/swap_hard_limit":
    "The most memory and swap together; more than `hard_limit`. In KiB unless `unit` says otherwise.",
  "memtune/swap_hard_limit/@unit": UNIT,
  "memtune/swap_hard_limit/text()": "The number of units; `bytes()` gives bytes.",
  "numatune/memory": "Where the memory comes from unless `memnode` says otherwise for a node of the guest.",
  "numatune/memory/@mode":
    "`strict`, the default, takes memory from the nodes alone; `preferred` from elsewhere too when they are full; `interleave` from each in turn; `restrictive` leaves it to the host's policy within the nodes.",
  "numatune/memory/@placement":
    "`static` keeps to `nodeset`; `auto` lets numad choose and ignores it. Absent: `static` with a `nodeset`, else as in `vcpu`.",
  "numatune/memory/@nodeset": "The host's NUMA nodes, as a list such as `0-3,^2`.",
  "numatune/memnode": "Where the memory of one NUMA node of the guest comes from.",
  "numatune/memnode/@cellid": "The number of the guest's node.",
  "numatune/memnode/@mode": "How strictly the nodes are meant, as in `numatune.memory`.",
  "numatune/memnode/@nodeset": "The host's NUMA nodes, as a list such as `0-3,^2`.",
};
