import type { SizePath } from "./guest/mark-units.ts";

/**
 * The elements whose default unit is not KiB: which scale libvirt's parser passes for each.
 *
 * `virDomainParseMemory` and `virDomainParseMemoryLimit` always pass 1024, and so do the calls of `virParseScaledValue`
 * and `virScaleInteger` for `pcihole64`, `maxpagesize`, the size of a cache's allocation and a RAM filesystem's usage.
 * These pass another. The `granule` of an IOMMU's driver, new in libvirt 12, is taken for KiB unproven.
 *
 * Of a NUMA cache's `size` and `line`, libvirt looks for the unit in an element `size/unit` or `line/unit`, which nothing
 * has: it ignores the attribute that the schema allows, and takes the default. What it writes itself names that default.
 *
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/domain_conf.c
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/numa_conf.c
 */
export const DEFAULT_UNITS: readonly SizePath[] = [
  [["features", "smm", "tseg"], "MiB"],
  [["cpu", "numa", "cell", "cache", "line"], "bytes"],
  [["devices", "disk", "driver", "metadata_cache", "max_size"], "bytes"],
  [["devices", "filesystem", "space_hard_limit"], "bytes"],
  [["devices", "filesystem", "space_soft_limit"], "bytes"],
  [["devices", "shmem", "size"], "bytes"],
];

/** The same below each image of a disk: the disk itself, its backing stores, its mirror, their data stores. */
export const IMAGE_UNITS: readonly SizePath[] = [
  [["format", "metadata_cache", "max_size"], "bytes"],
  [["formatElement", "metadata_cache", "max_size"], "bytes"],
];
