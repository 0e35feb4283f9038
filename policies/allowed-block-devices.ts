import * as v from "valibot";
import { definePolicy, diskSource, images, type XmlElement } from "virt-warden";

/** What in /dev is no storage: character devices that guests are usually connected to. */
const NO_STORAGE =
  /^\/dev\/(?:null|zero|full|u?random|hwrng|kvm|ptmx|pts\/\d+|tty\w*|parport\d+|lp\d+|tpm(?:rm)?\d+|net\/tun|vhost-(?:net|vdpa-\d+)|dri\/\w+|input\/[\w/:.-]+|snd\/\w+)$/;

/** Places that name no file of the host: texts for the guest or for people, limits, and paths inside a container. */
const ELSEWHERE =
  /^(?:metadata|title|description|name|seclabel\[\d+\]|blkiotune|cputune|resource|bootloader_args|os\/(?:cmdline|root|init\w*)(?:\[\d+\])?|devices\/filesystem\[\d+\]\/target)$/;

/**
 * A guest that writes to a disk of the host can change the host's own file systems, or another guest's. So no path in
 * the document may lead to /dev, but to listed devices and to what is no storage. SCSI and NVMe devices that are
 * assigned as a whole are host devices, and `qemu:commandline` a way of its own: other policies judge these.
 * @see https://libvirt.org/drvqemu.html#cgroups-device-acls
 * @see https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms
 * @see https://nvd.nist.gov/vuln/detail/CVE-2011-4127 for what SCSI commands of a guest could do
 */
export default definePolicy({
  name: "allowed-block-devices",
  description: "Guests use listed block devices of the host alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** `/dev/disk/by-id/scsi-36001405`; with / at its end, all that lies in it: `/dev/vg0/`. */
    devices: v.optional(
      v.array(
        v.pipe(
          v.string(),
          v.regex(/^\/dev\/(?!(?:.*\/)?\.{1,2}(?:\/|$))./, "must be a path in /dev, without . and .. in it"),
        ),
      ),
      [],
    ),
    /** libvirt's pools that disks may be volumes of; a pool's volumes can be block devices. */
    pools: v.optional(v.array(v.string()), []),
    /** Whether guests may send SCSI commands to these devices: disks of device `lun`. */
    scsiCommands: v.optional(v.boolean(), false),
  }),
  check({ domain, xml, settings, deny }) {
    const isListed = (path: string) =>
      settings.devices.some((device) => (device.endsWith("/") ? path.startsWith(device) : path === device));
    for (const { path, at } of paths(xml, "")) {
      const isDisk = at.startsWith("devices/disk[");
      if (!path.startsWith("/")) deny(`path ${path} is not absolute`, { at });
      else if (!isListed(path) && (isDisk || !NO_STORAGE.test(path))) {
        deny(`device ${path} of the host is not allowed`, { at });
      }
    }
    for (const { image, at } of images(domain)) {
      const source = diskSource(image);
      if (source !== undefined && /^(?:block|dir):/.test(source)) {
        deny(`path ${source.replace(/^\w+:/, "")} is not absolute`, { at: `${at}/source` });
      }
      if (image.type !== "volume" || image.source === undefined) continue;
      const { pool } = image.source;
      if (!settings.pools.includes(pool)) deny(`pool ${pool} is not allowed`, { at: `${at}/source/@pool` });
    }
    for (const [index, disk] of (domain.devices?.disk ?? []).entries()) {
      const at = `devices/disk[${index + 1}]`;
      if (disk.type !== "block" && disk.type !== "network" && disk.type !== "volume") continue;
      if (disk.device === "lun" && !settings.scsiCommands) {
        deny("device lun takes SCSI commands from the guest; use device disk", { at: `${at}/@device` });
      }
      if (disk.rawio === "yes")
        deny("rawio lets the guest send any command to the host's disk", { at: `${at}/@rawio` });
      if (disk.sgio === "unfiltered") {
        deny("unfiltered SCSI commands reach more than the guest's disk; use filtered", { at: `${at}/@sgio` });
      }
    }
  },
});

interface Place {
  readonly path: string;
  readonly at: string;
}

/**
 * All paths below an element that lead to devices as far as names tell, also those through /proc, and those that are not
 * absolute: they begin at the root folder, which the program that opens them works in.
 */
function paths(element: XmlElement, at: string): Place[] {
  const found: Place[] = [];
  const add = (text: string, place: string, isPath: boolean) => {
    const path = resolved(text.trim());
    if (/^\/(?:dev|proc)(?:\/|$)/.test(path) || (isPath && /^[^/]/.test(path))) found.push({ path, at: place });
  };
  // Xen's scripts are looked for in a folder of their own
  const isScript = /^(?:down)?script$/.test(element.name);
  for (const { name, namespace, value } of element.attributes) {
    if (namespace === "" && at !== "") add(value, `${at}/@${name}`, !isScript && (name === "file" || name === "path"));
  }
  const children = element.children.filter((child) => typeof child !== "string");
  const counts = new Map<string, number>();
  for (const { name } of children) counts.set(name, (counts.get(name) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const child of element.children) {
    if (typeof child === "string") {
      add(child, at, false);
      continue;
    }
    const number = (numbers.get(child.name) ?? 0) + 1;
    numbers.set(child.name, number);
    const isListed = at === "devices" || child.name === "seclabel" || counts.get(child.name) !== 1;
    const name = isListed ? `${child.name}[${number}]` : child.name;
    const place = at === "" ? name : `${at}/${name}`;
    if (child.namespace === "" && !ELSEWHERE.test(place)) found.push(...paths(child, place));
  }
  return found;
}

/** A path, where it is absolute without `.`, `..` and repeated slashes. */
function resolved(text: string): string {
  if (!text.startsWith("/")) return text;
  const names: string[] = [];
  for (const name of text.split("/")) {
    if (name === "..") names.pop();
    else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}
