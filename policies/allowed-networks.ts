import * as v from "valibot";
import { type Domain, definePolicy } from "virt-warden";

const names = v.optional(v.array(v.string()), []);

/**
 * On a network that is not meant for it a guest reaches others' machines, or the host's own services. Whatever is not
 * listed is refused, so that a new kind of interface is no way around the list; nor is what a container can have in
 * place of interfaces.
 * @see https://libvirt.org/formatdomain.html#network-interfaces
 * @see https://libvirt.org/drvlxc.html#network-isolation
 */
export default definePolicy({
  name: "allowed-networks",
  description: "Guests are connected to listed networks and bridges alone.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** libvirt networks. */
    networks: names,
    /** Host bridges. */
    bridges: names,
  }),
  check({ domain, hook, settings, deny }) {
    for (const [index, nic] of (domain.devices?.interface ?? []).entries()) {
      const at = `devices/interface[${index + 1}]`;
      if (nic.type === "network") {
        const network = nic.source?.network;
        if (network === undefined || !settings.networks.includes(network)) {
          deny(`network ${network ?? "without a name"} is not allowed`, { at: `${at}/source/@network` });
        }
      } else if (nic.type === "bridge") {
        const bridge = nic.source?.bridge;
        if (bridge === undefined || !settings.bridges.includes(bridge)) {
          deny(`bridge ${bridge ?? "without a name"} is not allowed`, { at: `${at}/source/@bridge` });
        }
      } else {
        deny(`interface type ${nic.type} is not allowed; only listed networks and bridges are`, { at: `${at}/@type` });
      }
    }
    // a container can be given the host's own interface
    for (const [index, device] of (domain.devices?.hostdev ?? []).entries()) {
      if (device.type !== "net") continue;
      const name = device.source.interface ?? "without a name";
      deny(`the host's interface ${name} is not allowed`, { at: `devices/hostdev[${index + 1}]/source/interface` });
    }
    const shared = domain["lxc:namespace"]?.["lxc:sharenet"];
    if (shared !== undefined) {
      deny(`the network of ${shared.type} ${shared.value} is not allowed`, { at: "lxc:namespace/lxc:sharenet" });
    } else if (hook === "lxc" && !hasOwnNetwork(domain)) {
      deny("without interfaces the container shares all of the host's network; give it features/privnet");
    }
  },
});

/**
 * Whether a container has a network of its own.
 * @see lxcNeedNetworkNamespace in libvirt's src/lxc/lxc_container.c
 */
function hasOwnNetwork({ devices, features }: Domain): boolean {
  if (features?.privnet !== undefined || (devices?.interface ?? []).length > 0) return true;
  return (devices?.hostdev ?? []).some((device) => device.type === "net");
}
