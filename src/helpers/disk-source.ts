import type * as api from "../../typings/helpers.d.ts";
import { hostPath } from "./host-path.ts";
import { pciAddress } from "./pci-address.ts";
import { shown } from "./shown.ts";
import type { Storage, StorageSource } from "./storage.ts";

/**
 * How each type's source is read; which members libvirt reads follows from the type alone.
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/conf/domain_conf.c `virDomainStorageSourceParse`
 */
const READERS: Readonly<Record<string, (source: StorageSource) => string | undefined>> = {
  // an empty path is none, as for libvirt
  file: ({ file }) => (file ? hostPath(file, "file") : undefined),
  block: ({ dev }) => (dev ? hostPath(dev, "block") : undefined),
  dir: ({ dir }) => (dir ? hostPath(dir, "dir") : undefined),
  network: ({ protocol, name = "", query }) =>
    `${protocolOf(protocol)}:${name}${query === undefined ? "" : `?${query}`}`,
  volume: ({ pool, volume }) => {
    if (pool === undefined && volume === undefined) return undefined;
    return `volume:${required("volume", "pool", pool)}/${required("volume", "volume", volume)}`;
  },
  nvme: ({ address, namespace }) =>
    `nvme:${pciAddress(required("nvme", "address", address))}/${required("nvme", "namespace", namespace)}`,
  vhostuser: ({ path }) => hostPath(required("vhostuser", "path", path), "vhostuser"),
  vhostvdpa: ({ dev }) => hostPath(required("vhostvdpa", "dev", dev), "vhostvdpa"),
  ctl: ({ dev }) => hostPath(required("ctl", "dev", dev), "ctl"),
};

export const diskSource: typeof api.diskSource = (disk) => {
  const { type = "file", file, source } = disk as Storage;
  if ((disk as Storage).type === undefined && file !== undefined) return READERS.file?.({ file });
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (read === undefined) throw problem(`${shown(type)} is not a type of disk that virt-warden knows`);
  return source === undefined ? undefined : read(source);
};

/** A protocol's name; one that reads like a path or another type's text is none of libvirt's. */
function protocolOf(protocol: string | undefined): string {
  const name = required("network", "protocol", protocol);
  if (/^[a-z][a-z0-9]*$/.test(name) && !Object.hasOwn(READERS, name)) return name;
  throw problem(`${shown(name)} is not a protocol`);
}

function required<T>(type: string, member: string, value: T | undefined): T {
  if (value === undefined) throw problem(`a source of type ${type} needs ${member}`);
  return value;
}

function problem(what: string): TypeError {
  return new TypeError(`Cannot tell a disk's source: ${what}`);
}
