import type { Domain, DomainDisk, DomainInterface, Network, NetworkPort, XmlElement } from "../../typings/index.d.ts";

// Nothing here runs: `tsc` proves what compiles and what does not.

/** What policies write compiles. */
export function compiles(domain: Domain, network: Network, port: NetworkPort): unknown[] {
  const disks: readonly DomainDisk[] | undefined = domain.devices?.disk;
  const interfaces: readonly DomainInterface[] = domain.devices?.interface ?? [];
  const vcpus: number | undefined = domain.vcpu?.value;
  const memory: number | string | undefined = domain.memory?.value;
  const metadata: readonly XmlElement[] = domain.metadata?.children ?? [];
  const acpi: boolean = domain.features?.acpi !== undefined;
  return [
    domain.cpu?.mode === "host-passthrough",
    domain.seclabel.some(({ type }) => type === "none"),
    interfaces.map(({ type, source }) => (type === "network" ? source?.network : source?.bridge)),
    domain["qemu:commandline"]?.["qemu:arg"].map(({ value }) => value),
    domain.os?.firmwareElement?.feature.length,
    domain.devices?.graphics.flatMap(({ listenElement }) => listenElement),
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

/** A policy reads the model and changes nothing. */
export function isReadOnly(domain: Domain): void {
  // @ts-expect-error read-only
  domain.name = "other";
}
