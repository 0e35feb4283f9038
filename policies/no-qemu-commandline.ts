import { definePolicy, type XmlElement } from "virt-warden";

/** What reasons and places call the namespaces of libvirt's drivers. */
const PREFIXES: Readonly<Record<string, string>> = {
  "http://libvirt.org/schemas/domain/qemu/1.0": "qemu",
  "http://libvirt.org/schemas/domain/xen/1.0": "xen",
  "http://libvirt.org/schemas/domain/bhyve/1.0": "bhyve",
  "http://libvirt.org/schemas/domain/lxc/1.0": "lxc",
  "http://libvirt.org/schemas/domain/vmware/1.0": "vmware",
};

/** Elements that add nothing to a command line: a container's namespaces, and what VMware's driver tells. */
const HARMLESS = ["lxc:namespace", "vmware:datacenterpath"];

/**
 * What a guest's document adds to the hypervisor's command line, environment or devices behind libvirt's back is
 * unsupported, and can give the guest any file, device or monitor of the host, past libvirt's checks and every other
 * policy. Whatever stands in a namespace of its own and is not known is refused, so that a new way is none around this.
 * @see https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands
 * @see https://www.qemu.org/docs/master/system/security.html#monitor-console-qmp-and-hmp
 */
export default definePolicy({
  name: "no-qemu-commandline",
  description: "Guests add nothing to the hypervisor's command line behind libvirt's back.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore", "lxc/prepare"] as const),
    ...(["libxl/prepare", "libxl/migrate", "bhyve/prepare"] as const),
  ],
  check({ xml, deny }) {
    for (const child of xml.children) {
      if (typeof child === "string" || child.namespace === "") continue;
      const prefix = prefixOf(child);
      // no XPath names an element of a namespace that has no prefix
      const name = prefix === undefined ? `{${child.namespace}}${child.name}` : `${prefix}:${child.name}`;
      if (HARMLESS.includes(name)) continue;
      const reason = `${name} reaches the hypervisor past libvirt; use libvirt's own elements`;
      if (prefix === undefined) deny(reason);
      else deny(reason, { at: name });
    }
  },
});

/** The prefix that documents usually give the namespace of an element. */
function prefixOf({ namespace }: XmlElement): string | undefined {
  return Object.hasOwn(PREFIXES, namespace) ? PREFIXES[namespace] : undefined;
}
