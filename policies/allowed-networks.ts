import * as v from "valibot";
import { definePolicy } from "virt-warden";

const names = v.optional(v.array(v.string()), []);

/** Whatever is not listed is refused, so that a new kind of interface is no way around the list. */
export default definePolicy({
  name: "allowed-networks",
  description: "Guests are connected to listed networks and bridges alone.",
  settings: v.strictObject({
    /** libvirt networks. */
    networks: names,
    /** Host bridges. */
    bridges: names,
  }),
  check({ domain, settings, deny }) {
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
  },
});
