import type { Meanings } from "./meanings.ts";

/** How the hypervisor handles a disk's data, and how much of it. */
export const diskDriver: Meanings = {
  "disk/driver": "How the hypervisor reads and writes the disk.",
  "disk/driver/@name": "The backend of the hypervisor: always `qemu` with QEMU; Xen has several.",
  "disk/driver/@type":
    "The format of the image; `raw` when absent. A raw image read as another format lets the guest, who can write its header, name host files as the backing chain.",
  "disk/driver/@cache":
    "How host caches are used. `unsafe` ignores the guest's flushes and loses data when the host fails; `none` and `directsync` bypass the host's page cache, as live migration wants.",
  "disk/driver/@error_policy":
    "What a failed read or write does: `stop` pauses the guest, `report` tells it, `ignore` hides the failure, `enospace` pauses it when storage is full.",
  "disk/driver/@rerror_policy": "What a failed read does, where it differs from the error policy.",
  "disk/driver/@io": "How the host does I/O; `native` wants a cache mode that bypasses the page cache.",
  "disk/driver/@ioeventfd":
    "Whether I/O is handled outside the virtual CPU's thread. The hypervisor chooses when absent.",
  "disk/driver/@event_idx":
    "Whether the device saves interrupts and exits by event indexes. `on` when absent, where it is supported.",
  "disk/driver/@copy_on_read": "Whether what is read from the backing chain is kept in the image; `off` when absent.",
  "disk/driver/@discard":
    "Whether what the guest discards is given back to the storage (`unmap`) or keeps its space. The hypervisor chooses when absent.",
  "disk/driver/@iothread": "The number of the I/O thread that serves the disk; the guest must define it.",
  "disk/driver/@detect_zeroes":
    "Whether writes of zeros are noticed and stored as such; `unmap` gives their space back, where discard allows it. It costs CPU time.",
  "disk/driver/@discard_no_unref":
    "Whether a qcow2 image keeps the place of what the guest discards, so that it does not become fragmented.",
  "disk/driver/@queues": "The number of request queues of a virtio or vhost-user disk.",
  "disk/driver/@queue_size": "The number of requests that a queue holds.",
  "driver/iothreads": "Spreads the device's queues over several I/O threads, instead of one.",
  "iothreads/iothread": "An I/O thread that serves the device.",
  "iothreads/iothread/@id": "The number of the I/O thread; the guest must define it.",
  "iothread/queue": "A queue that this thread serves; without any, the queues are spread over the threads.",
  "iothread/queue/@id": "The number of the queue.",
  "disk/driver/statistics": "Which statistics of the disk the hypervisor collects.",
  "statistics/statistic": "Statistics over a time that repeats.",
  "statistic/@interval": "The length of that time, in seconds.",
  "statistics/latency-histogram": "Counts requests by how long they took.",
  "latency-histogram/@type": "Which requests are counted.",
  "latency-histogram/bin": "One range of the histogram.",
  "bin/@start": "Where the range starts; it ends where the next one starts.",
  metadata_cache: "The cache for the image format's own tables.",
  "metadata_cache/max_size": "The most memory that the cache may take; for qcow2.",
  "metadata_cache/max_size/text()": "The size, in the given unit.",
  total_bytes_sec:
    "The limit for reads and writes together, in bytes a second; 0 is none. It excludes limits for either.",
  read_bytes_sec: "The limit for reads, in bytes a second; 0 is none.",
  write_bytes_sec: "The limit for writes, in bytes a second; 0 is none.",
  total_iops_sec:
    "The limit for reads and writes together, in operations a second; 0 is none. It excludes limits for either.",
  read_iops_sec: "The limit for reads, in operations a second; 0 is none.",
  write_iops_sec: "The limit for writes, in operations a second; 0 is none.",
  total_bytes_sec_max: "The limit during a burst, reads and writes together, in bytes a second.",
  read_bytes_sec_max: "The limit for reads during a burst, in bytes a second.",
  write_bytes_sec_max: "The limit for writes during a burst, in bytes a second.",
  total_iops_sec_max: "The limit during a burst, reads and writes together, in operations a second.",
  read_iops_sec_max: "The limit for reads during a burst, in operations a second.",
  write_iops_sec_max: "The limit for writes during a burst, in operations a second.",
  size_iops_sec: "The size, in bytes, up to which a request counts as one operation; larger ones count as several.",
  group_name: "The name of the group: disks that name it share the limits, so that many get no more than one.",
  "throttlegroups/throttlegroup": "A group: limits that the disks in it share.",
  total_bytes_sec_max_length: "How long a burst of reads and writes by bytes may last, in seconds.",
  read_bytes_sec_max_length: "How long a burst of reads by bytes may last, in seconds.",
  write_bytes_sec_max_length: "How long a burst of writes by bytes may last, in seconds.",
  total_iops_sec_max_length: "How long a burst of reads and writes by operations may last, in seconds.",
  read_iops_sec_max_length: "How long a burst of reads by operations may last, in seconds.",
  write_iops_sec_max_length: "How long a burst of writes by operations may last, in seconds.",
};
