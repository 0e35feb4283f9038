import type { Meanings } from "./meanings.ts";

/** What the parts of a guest's virtual CPUs mean. */
export const vcpu: Meanings = {
  "domain/vcpu/@placement":
    "`static` keeps to `cpuset`; `auto` lets numad choose host CPUs and ignores `cpuset`. Absent: as in `numatune.memory`, else `static`.",
  "domain/vcpu/@cpuset":
    "The host CPUs that the guest's threads may use unless `cputune` pins them, as a list such as `0-3,^2,8`. Absent: all.",
  "domain/vcpu/@current": "How many of the virtual CPUs are on at the start. Absent: all.",
  "domain/vcpu/text()": "The most virtual CPUs that the guest can have; more than `current` can be plugged in later.",
  "vcpus/vcpu": "One virtual CPU.",
  "vcpus/vcpu/@id": "Its number, from 0, as pinning and NUMA cells use it; the guest may count otherwise.",
  "vcpus/vcpu/@enabled": "Whether it is on at the start.",
  "vcpus/vcpu/@hotpluggable": "Whether it can be unplugged. One that is off must be.",
  "vcpus/vcpu/@order": "Its turn when virtual CPUs are added.",
};
