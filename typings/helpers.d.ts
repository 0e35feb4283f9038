import type {
  Domain,
  DomainDevices,
  DomainDisk,
  DomainDiskBackingStore,
  DomainDiskFileSource,
  DomainDiskMirror,
  DomainOsNvram,
} from "./domain.js";

/** An amount with a unit, as libvirt's elements have it: in `value`, in an attribute, or as a RAM filesystem's usage. */
export type ScaledSize =
  | { readonly unit?: string; readonly value: number | string }
  | { readonly unit?: string; readonly size: number | string }
  | { readonly unit?: string; readonly memory: number | string }
  | { readonly units?: string; readonly usage: number | string };

/**
 * The bytes of a scaled size: `domain.memory`, a limit of `domain.memtune`, a NUMA cell, a page of huge pages, a memory
 * device's `target.size`, and every other element with a unit.
 *
 * Units are libvirt's, in any case: `b`, `byte`, `bytes`; `k` or `KiB` for 1024 bytes, `KB` for 1000, and so on for M,
 * G, T, P and E. Without a unit it is the element's own default: mebibytes for `features.smm.tseg`; bytes for the size
 * of a `shmem`, the limits of a `filesystem`, the `max_size` of a disk's `metadata_cache` and the `line` of a NUMA
 * cell's cache; kibibytes for all others, and for what a policy wrote itself. Other elements have a `value` too, such as
 * `domain.vcpu`: of these it makes kibibytes all the same.
 *
 * The amount is what the document says; libvirt rounds memory up to whole kibibytes.
 *
 * @param size The element that has the amount and the unit.
 * @throws {TypeError} where there is no element, the unit is unknown, or the amount is not a whole number: a failure of
 *   the policy, which refuses.
 * @throws {RangeError} where the bytes are more than libvirt can hold, or not exact as a number.
 * @example
 * ```ts
 * if (bytes(domain.memory) > 64 * 2 ** 30) deny("more than 64 GiB of memory", { at: "memory" });
 * ```
 * @see https://libvirt.org/formatdomain.html#memory-allocation
 */
export declare function bytes(size: ScaledSize | undefined): number;

/**
 * The CPUs, or NUMA nodes, of a set as libvirt writes it: `0-3,^2,8` is 0, 1, 3 and 8. It is read from left to right,
 * so `^2` takes away only what stands before it.
 *
 * @param text For example `domain.vcpu.cpuset`, or a `nodeset`.
 * @returns Their numbers, ascending, each once; none where all are taken away again.
 * @throws {TypeError} where the text is no such set, an empty text included.
 * @throws {RangeError} where a number is above 16383, the highest that libvirt accepts.
 * @example
 * ```ts
 * const pinned = domain.vcpu?.cpuset;
 * if (pinned === undefined || cpuset(pinned).includes(0)) deny("CPU 0 is the host's", { at: "vcpu/@cpuset" });
 * ```
 */
export declare function cpuset(text: string): number[];

/** The parts of a PCI address: numbers, or text as in the document. */
export interface PciAddress {
  readonly type?: string;
  readonly domain?: number | string;
  readonly bus?: number | string;
  readonly slot?: number | string;
  readonly function?: number | string;
}

/**
 * A PCI address as one text, as `lspci -D` and libvirt print it: `0000:0a:1f.0`.
 *
 * A part that is missing is 0, and text is read as libvirt reads it: `0x1f` is hexadecimal, `010` octal, `10` decimal.
 * Where domain, bus and slot are all 0, libvirt takes it for an address that is yet to be chosen.
 *
 * @param address A device's `address` or a host device's `source.address`, of type PCI.
 * @throws {TypeError} where it is an address of another kind, or a part is not a number.
 * @throws {RangeError} where a part is too large.
 * @example
 * ```ts
 * const allowed = ["0000:0a:00.0"];
 * for (const [index, { type, source }] of (domain.devices?.hostdev ?? []).entries()) {
 *   if (type !== "pci") continue;
 *   const address = pciAddress(source.address);
 *   if (!allowed.includes(address)) deny(`PCI device ${address}`, { at: `devices/hostdev[${index + 1}]` });
 * }
 * ```
 */
export declare function pciAddress(address: PciAddress): string;

/**
 * Whether a text is an IPv4 address of four decimal parts, or an IPv6 address without a zone. Shorthands that some
 * programs read as IPv4 (`10.1`, `0x7f.1`, `010.0.0.1`) are none.
 *
 * @example
 * ```ts
 * isIp("192.168.122.1"); // true
 * isIp("192.168.122.0/24"); // false
 * ```
 */
export declare function isIp(text: string): boolean;

/**
 * Whether an IP address lies in a range, or in one of several. An IPv6 address that stands for an IPv4 one
 * (`::ffff:10.0.0.1`) is that IPv4 address, in ranges too. Otherwise an IPv4 address is in no IPv6 range, and the other
 * way round: `::/0` has no IPv4 address.
 *
 * It throws at whatever is not an address or a range, rather than answer `false`: where addresses are forbidden, that
 * would let it through.
 *
 * @param ip An address, as for {@link isIp}.
 * @param ranges `10.0.0.0/8`, `2001:db8::/32`, or one address; what stands behind the prefix does not matter.
 * @throws {TypeError} where the address or any range is not one.
 * @example
 * ```ts
 * if (address !== undefined && !inIpRange(address, ["10.20.0.0/16", "fd00:20::/32"])) deny(`address ${address}`);
 * ```
 */
export declare function inIpRange(ip: string, ranges: string | readonly string[]): boolean;

/**
 * Whether a text is a MAC address of 48 bits: `52:54:00:12:34:56`, `52-54-00-12-34-56` or `5254.0012.3456`.
 *
 * @example
 * ```ts
 * isMac("52:54:00:12:34:56"); // true
 * isMac("52:54:00"); // false
 * ```
 */
export declare function isMac(text: string): boolean;

/**
 * Whether two texts are the same MAC address, whatever their case and separators.
 *
 * It throws at whatever is not a MAC address, rather than answer `false`: where addresses are forbidden, that would let
 * it through.
 *
 * @throws {TypeError} where either is not a MAC address, as for {@link isMac}.
 * @example
 * ```ts
 * sameMac("52:54:00:AB:CD:EF", "52-54-00-ab-cd-ef"); // true
 * ```
 */
export declare function sameMac(one: string, other: string): boolean;

/**
 * Whether a MAC address begins with these bytes, whatever the case and separators: which vendor's range it is from.
 *
 * It throws at whatever is not a MAC address, rather than answer `false`: where vendors are forbidden, that would let
 * it through.
 *
 * @param mac A MAC address, as for {@link isMac}.
 * @param prefix One to six bytes, `52:54:00` or `52-54-00`.
 * @throws {TypeError} where the address or the prefix is not one.
 * @example
 * ```ts
 * if (nic.mac !== undefined && !macHasPrefix(nic.mac.address, "52:54:00")) deny("MAC address outside QEMU's range");
 * ```
 */
export declare function macHasPrefix(mac: string, prefix: string): boolean;

/** What has a source: a disk, its mirror, a backing store below it, an image's external data, UEFI's variables. */
export type DiskLike =
  | DomainDisk
  | DomainDiskMirror
  | DomainDiskBackingStore
  | DataStoreOf<DomainDiskFileSource>
  | Extract<DomainOsNvram, { readonly type: string }>;

/** Where an image keeps its data apart; an older libvirt does not know it. */
type DataStoreOf<T> = T extends { readonly dataStore?: infer S } ? (unknown extends S ? never : NonNullable<S>) : never;

/**
 * The source of a disk of any type as one text, to compare with others and to show.
 *
 * | type | text |
 * |---|---|
 * | `file`, `block`, `dir`, `vhostuser`, `vhostvdpa`, `ctl` | the path on the host: `/srv/images/web1.qcow2` |
 * | the same, where it is not absolute, such as a VMware datastore's | the type before it: `file:[disks] web1.vmdk` |
 * | `network` | `PROTOCOL:NAME`, with the query behind it: `rbd:pool/web1`, `https:web1.iso?token=1` |
 * | `volume` | `volume:POOL/VOLUME` |
 * | `nvme` | `nvme:ADDRESS/NAMESPACE`: `nvme:0000:01:00.0/1` |
 *
 * Only a path on the host begins with `/`, and its `.`, `..` and repeated slashes are resolved by name: the source
 * `/srv/../etc/shadow` is `/etc/shadow`. So `startsWith("/srv/")` says whether it lies below `/srv`, as far as names can:
 * symbolic links on the host are not looked at. Servers of network disks are in `source.host`; what an image
 * itself names as its backing file is not in the document.
 *
 * @param disk A disk, its `mirror`, a store of its {@link backingChain}, or a `source.dataStore`.
 * @returns `undefined` where there is none, as in an empty CD drive.
 * @throws {TypeError} where the type is unknown, or the source lacks what its type needs.
 * @throws {RangeError} where an NVMe disk's PCI address is out of range.
 * @example
 * ```ts
 * for (const [index, disk] of (domain.devices?.disk ?? []).entries()) {
 *   for (const image of [disk, ...backingChain(disk)]) {
 *     const source = diskSource(image);
 *     if (source !== undefined && !source.startsWith("/srv/images/")) {
 *       deny(`image ${source} is outside /srv/images`, { at: `devices/disk[${index + 1}]` });
 *     }
 *   }
 * }
 * ```
 */
export declare function diskSource(disk: DiskLike): string | undefined;

/**
 * The backing stores below a disk as a list, the nearest first. The empty `<backingStore/>` that ends a chain is not in
 * it: as for libvirt, a backing store without a type is that end.
 *
 * An image whose chain the document does not hold, as of most guests that do not run, has an empty list: libvirt then
 * finds the chain in the images.
 *
 * @param disk A disk, its `mirror`, or a backing store.
 * @example
 * ```ts
 * if (backingChain(disk).length > 8) deny("backing chain of more than 8 images");
 * ```
 */
export declare function backingChain(
  disk: DomainDisk | DomainDiskMirror | DomainDiskBackingStore,
): DomainDiskBackingStore[];

/** An image that a guest's storage is made of, and its place as `deny` takes it. */
export interface Image {
  readonly image: DiskLike;
  /** An XPath from the document's root element: `devices/disk[1]`, `devices/disk[1]/backingStore`, `os/nvram`. */
  readonly at: string;
}

/**
 * All images that a guest's storage is made of, as far as the document names them: its disks, what they are being
 * mirrored to, the backing stores and the external data of each, and UEFI's variables where they have a `source`. So a
 * rule about disks that goes through these leaves none out. Disks come first, in the document's order.
 *
 * @example
 * ```ts
 * for (const { image, at } of images(domain)) {
 *   if (image.type === "network") deny("disks on the network are not allowed", { at: `${at}/source` });
 * }
 * ```
 */
export declare function images(domain: Pick<Domain, "devices" | "os">): Image[];

/** The name of an element that is a device. */
export type DeviceElement = Exclude<keyof DomainDevices, "emulator">;

/** The one member of a device's element: a list's, or the element itself. */
type Member<T> = T extends readonly (infer Each)[] ? Each : T;

/** A device, its element's name, and its place as `deny` takes it. */
export type Device = {
  [Element in DeviceElement]: {
    /** The element's name: narrowing on it types `device`. */
    readonly element: Element;
    readonly device: Member<NonNullable<DomainDevices[Element]>>;
    /** An XPath from the document's root element: `devices/disk[1]`, `devices/memballoon`. */
    readonly at: string;
  };
}[DeviceElement];

/**
 * All devices of a guest as one list, each with its element's name and its place. Devices of one kind follow each other
 * in the document's order. The emulator is no device.
 *
 * @example
 * ```ts
 * for (const { element, device, at } of devices(domain)) {
 *   if (element === "hostdev" && device.mode === "subsystem") deny("a device of the host", { at });
 *   if (element === "redirdev" || element === "shmem") deny(`${element} is not allowed`, { at });
 * }
 * ```
 */
export declare function devices(domain: Pick<Domain, "devices">): Device[];
