import * as v from "valibot";
import { type Domain, type DomainHostdev, definePolicy, diskSource, images, pciAddress } from "virt-warden";

/**
 * A device of the host that a guest has for itself is untrusted hardware within reach of an untrusted guest: a device
 * that writes to memory, or whose firmware the guest can change, serves the next guest or the host afterwards.
 * @see https://www.qemu.org/docs/master/system/security.html#virtualization-use-case
 * @see https://libvirt.org/formatdomain.html#host-device-assignment
 */
export default definePolicy({
  name: "allowed-host-devices",
  description: "Guests are given listed devices of the host alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /**
     * Devices as a denial names them: `pci:0000:0a:00.0`, `usb:046d:c31c` (vendor and product), `mdev:UUID`,
     * `scsi:scsi_host0:0:3:0`, `vdpa:/dev/vhost-vdpa-0`, `input:/dev/input/event4`, …
     */
    devices: v.optional(
      v.array(v.pipe(v.string(), v.regex(/^[a-z_]+:./, "must be a device such as pci:0000:0a:00.0 or usb:046d:c31c"))),
      [],
    ),
  }),
  check({ domain, settings, deny }) {
    const judge = (device: string, at: string) => {
      if (!settings.devices.includes(device)) deny(`host device ${device} is not allowed`, { at });
    };
    const { devices } = domain;
    for (const [index, hostdev] of (devices?.hostdev ?? []).entries()) {
      judge(nameOf(hostdev), `devices/hostdev[${index + 1}]/source`);
    }
    for (const { image, at } of images(domain)) {
      if (image.type === "nvme" && image.source !== undefined) {
        judge(`pci:${pciAddress(image.source.address)}`, `${at}/source/address`);
      } else if (image.type === "vhostvdpa") {
        judge(`vdpa:${diskSource(image)}`, `${at}/source/@dev`);
      }
    }
    for (const [index, nic] of (devices?.interface ?? []).entries()) {
      const at = `devices/interface[${index + 1}]/source`;
      if (nic.type === "vdpa") judge(`vdpa:${nic.source.dev}`, `${at}/@dev`);
      if (nic.type !== "hostdev") continue;
      const { address } = nic.source;
      judge(address?.type === "pci" ? `pci:${pciAddress(address)}` : "interface:unknown", at);
    }
    for (const [index, input] of (devices?.input ?? []).entries()) {
      const at = `devices/input[${index + 1}]/source`;
      if (input.type === "passthrough") judge(`input:${input.source.evdev}`, `${at}/@evdev`);
      if (input.type === "evdev") judge(`input:${input.source.dev}`, `${at}/@dev`);
    }
    for (const [index, { backend }] of (devices?.tpm ?? []).entries()) {
      if (backend.type !== "passthrough") continue;
      judge(`tpm:${backend.device?.path ?? "/dev/tpm0"}`, `devices/tpm[${index + 1}]/backend`);
    }
    for (const [index, { mode }] of (devices?.smartcard ?? []).entries()) {
      if (mode === "host") judge("smartcard:host", `devices/smartcard[${index + 1}]/@mode`);
    }
    for (const { type, source, at } of characterDevices(domain)) {
      if (type === "dev") judge(`char:${source[0]?.path ?? "unknown"}`, `${at}/source`);
    }
  },
});

/** All character devices, with their places: whatever a guest's ports, channels and other devices are connected to. */
function characterDevices({ devices }: Domain) {
  const ports = (["serial", "parallel", "console", "channel", "redirdev"] as const).flatMap((element) =>
    (devices?.[element] ?? []).map(({ type, source }, index) => ({
      ...{ type, source },
      at: `devices/${element}[${index + 1}]`,
    })),
  );
  const cards = (devices?.smartcard ?? []).flatMap((card, index) =>
    card.mode === "passthrough"
      ? [{ type: card.type, source: card.source, at: `devices/smartcard[${index + 1}]` }]
      : [],
  );
  const rngs = (devices?.rng ?? []).flatMap(({ backend }, index) =>
    backend.model === "egd" ? [{ ...backend, at: `devices/rng[${index + 1}]/backend` }] : [],
  );
  return [...ports, ...cards, ...rngs];
}

/** A host device as settings and reasons name it. */
function nameOf(device: DomainHostdev): string {
  switch (device.type) {
    case "pci":
      return `pci:${pciAddress(device.source.address)}`;
    case "usb": {
      const { vendor, product, address } = device.source;
      if (vendor !== undefined && product !== undefined) return `usb:${usbId(vendor.id)}:${usbId(product.id)}`;
      const { bus, device: number, port } = address ?? {};
      return `usb:bus ${bus ?? "unknown"} ${port === undefined ? `device ${number ?? "unknown"}` : `port ${port}`}`;
    }
    case "scsi": {
      const { source } = device;
      if (source.protocol === "iscsi") return `iscsi:${source.host.map(({ name }) => name).join(",")}/${source.name}`;
      const { adapter, address } = source;
      const host = adapter.type === "fc_host" ? adapter.wwpn : (adapter.name ?? "unknown");
      return `scsi:${host}:${address.bus}:${address.target}:${address.unit}`;
    }
    case "scsi_host":
      return `scsi_host:${device.source.wwpn}`;
    case "mdev":
      return `mdev:${device.source.address.uuid.toLowerCase()}`;
    case "storage":
      return `storage:${device.source.block}`;
    case "misc":
      return `char:${device.source.char}`;
    case "net":
      return `net:${device.source.interface}`;
  }
}

/** A vendor's or product's number as `lsusb` writes it. Without `0x` it depends on libvirt's release what it means. */
function usbId(id: string): string {
  return id.startsWith("0x") ? id.slice(2).toLowerCase().padStart(4, "0") : `${id} without 0x`;
}
