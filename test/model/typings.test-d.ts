import type {
  Domain,
  DomainDisk,
  DomainDiskFile,
  DomainInterface,
  Network,
  NetworkPort,
  XmlElement,
} from "../../typings/index.d.ts";

// Nothing here runs: `tsc` proves what compiles and what does not.

/** What policies write compiles. */
export function compiles(domain: Domain, network: Network, port: NetworkPort): unknown[] {
  const disks: readonly DomainDisk[] | undefined = domain.devices?.disk;
  const vcpus: number | undefined = domain.vcpu?.value;
  const memory: number | string | undefined = domain.memory?.value;
  const metadata: readonly XmlElement[] = domain.metadata?.children ?? [];
  const acpi: boolean = domain.features?.acpi !== undefined;
  return [
    domain.cpu?.mode === "host-passthrough",
    domain.seclabel.some(({ type }) => type === "none"),
    domain["qemu:commandline"]?.["qemu:arg"].map(({ value }) => value),
    domain.os?.firmwareElement?.feature.length,
    network.forward?.mode === "nat",
    port.plug?.type === "bridge",
    [disks, vcpus, memory, metadata, acpi],
  ];
}

/** What cannot be does not. */
export function doesNotCompile(domain: Domain, port: NetworkPort): unknown[] {
  return [
    // @ts-expect-error a typo in a literal
    domain.cpu?.mode === "host-passtrough",
    // @ts-expect-error no such element
    domain.devices?.disks,
    // @ts-expect-error a list has no source
    domain.devices?.disk.source,
    // @ts-expect-error a number is no text
    domain.vcpu?.value === "2",
    // @ts-expect-error the attribute is not the element
    domain.os?.firmware.feature,
    // @ts-expect-error not a plug's type
    port.plug?.type === "tap",
  ];
}

/** The type of a disk says what its source can be. */
export function narrowsDisks(disk: DomainDisk): string | undefined {
  // @ts-expect-error not before the type is known
  disk.source?.file;
  if (disk.type === "file" || disk.type === undefined) {
    const file: DomainDiskFile = disk;
    // @ts-expect-error a file has no pool
    disk.source?.pool;
    return file.source?.file;
  }
  if (disk.type === "block") return disk.source?.dev;
  if (disk.type === "volume") return disk.source?.pool;
  if (disk.type === "network" && disk.source?.protocol === "nbd") return disk.source.tlsHostname;
  // @ts-expect-error no type of disk
  return disk.type === "tape" ? "" : undefined;
}

/** The type of an interface says what its source can be. */
export function narrowsInterfaces(nic: DomainInterface): string | undefined {
  switch (nic.type) {
    case "network":
      // @ts-expect-error a network is no socket
      nic.source?.path;
      return nic.source?.network;
    case "bridge":
      return nic.source?.bridge;
    case "direct":
      return nic.source?.mode;
    case "hostdev":
      return nic.managed;
    // @ts-expect-error no type of interface
    case "tap":
      return undefined;
    default:
      return nic.mac?.address;
  }
}

/** Graphics, host devices and addresses are told apart as well. */
export function narrowsOthers({ devices }: Domain): unknown[] {
  return [
    devices?.graphics.map((graphics) => (graphics.type === "vnc" ? graphics.listenElement : undefined)),
    devices?.graphics.map((graphics) => (graphics.type === "spice" ? graphics.tlsPort : undefined)),
    // @ts-expect-error VNC has no port for TLS
    devices?.graphics.map((graphics) => (graphics.type === "vnc" ? graphics.tlsPort : undefined)),
    devices?.hostdev.map((device) => (device.type === "pci" ? device.source?.address?.bus : undefined)),
    devices?.hostdev.map((device) => (device.type === "usb" ? device.source?.vendor?.id : undefined)),
    // @ts-expect-error a PCI device has no vendor
    devices?.hostdev.map((device) => (device.type === "pci" ? device.source?.vendor : undefined)),
    devices?.rng.map(({ address }) => (address?.type === "ccw" ? address.cssid : undefined)),
    // @ts-expect-error a PCI address has no channel subsystem
    devices?.rng.map(({ address }) => (address?.type === "pci" ? address.cssid : undefined)),
  ];
}

/** A policy reads the model and changes nothing. */
export function isReadOnly(domain: Domain): void {
  // @ts-expect-error read-only
  domain.name = "other";
}
