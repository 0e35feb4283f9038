import {
  bytes,
  type Device,
  type Domain,
  type DomainDisk,
  devices,
  diskSource,
  pciAddress,
  type ScaledSize,
} from "virt-warden";

// Nothing here runs: `tsc` proves what compiles and what does not.

/** What policies write compiles. */
export function compiles(domain: Domain): unknown[] {
  return [
    bytes(domain.memory),
    bytes({ value: 4 }),
    domain.memtune?.hard_limit && bytes(domain.memtune.hard_limit),
    domain.cpu?.numa?.cell.map(bytes),
    domain.memoryBacking?.hugepages?.page.map(bytes),
    domain.devices?.memory.map(({ target }) => bytes(target.size)),
    domain.features?.smm?.tseg && bytes(domain.features.smm.tseg),
    domain.cpu?.numa?.cell.flatMap(({ cache }) => cache.map(({ line }) => bytes(line))),
    domain.devices?.filesystem.map(({ space_hard_limit: limit }) => limit && bytes(limit)),
    domain.devices?.filesystem.map((each) => each.type === "ram" && bytes(each.source)),
    domain.devices?.shmem.map(({ size }) => size && bytes(size)),
    domain.devices?.shmem.flatMap(({ size }) => size ?? []).map(bytes),
    bytes(domain.memory ?? domain.currentMemory ?? { value: 4, unit: "GiB" }),
    (size: ScaledSize) => bytes(size),
    domain.devices?.hostdev.map((each) => each.type === "pci" && pciAddress(each.source.address)),
    domain.devices?.disk.map(diskSource),
    devices(domain).map(named),
  ];
}

/** Narrowing on the element's name types the device. */
export function named({ element, device, at }: Device): string {
  if (element === "disk") {
    const disk: DomainDisk = device;
    return `${disk.target.dev} ${at}`;
  }
  if (element === "memballoon") return device.model;
  return element;
}

/** What cannot be does not. */
export function doesNotCompile(domain: Domain, device: Device): unknown[] {
  return [
    // @ts-expect-error the size is a child
    domain.devices?.memory.map(({ target }) => bytes(target)),
    // @ts-expect-error a text has no unit
    bytes("5 GiB"),
    // @ts-expect-error not a disk
    domain.devices?.interface.map(diskSource),
    // @ts-expect-error not a disk
    diskSource({ path: "/srv/a" }),
    // @ts-expect-error the emulator is no device
    device.element === "emulator",
    // @ts-expect-error not narrowed
    device.device.target,
  ];
}
