import type { Meanings } from "./meanings.ts";

/** The connection of one guest interface to a libvirt network. */
export const networkPort: Meanings = {
  networkport: "The connection of one guest interface to the network.",
  "networkport/uuid": "What identifies the port.",
  "networkport/owner": "The guest.",
  "owner/name": "The guest's name.",
  "owner/uuid": "The guest's UUID.",
  "networkport/mac": "The interface's MAC address.",
  "networkport/mac/@address": "The MAC address that the guest starts with.",
  "networkport/group": "The network's port group.",
  "networkport/rxfilters": "What the host believes of the guest.",
  "rxfilters/@trustGuest":
    "Whether the host follows the guest's changes of MAC address and filters. It lets the guest take another address.",
  "networkport/port": "Settings of the port on the bridge.",
  "networkport/plug": "What the port is connected to on the host.",
  "plug/@type":
    "What it is: the network's own bridge, another bridge, a device by macvtap, or a PCI device given to the guest.",
  "plug/@bridge": "The name of the bridge.",
  "plug/@macTableManager": "Who fills the bridge's table of MAC addresses.",
  "plug/@dev": "The host's network device that macvtap is on.",
  "plug/@mode":
    "How packets between guests on one device travel: `bridge` delivers them, `vepa` and `private` send them out, `passthrough` gives the whole device to one guest.",
  "plug/@managed": "Whether libvirt takes the PCI device from the host's driver and gives it back.",
  "plug/driver": "How the PCI device is assigned.",
  "plug/driver/@name": "The way of assignment; VFIO on current hosts, also when absent.",
  "plug/driver/@model": "The host's kernel driver that the device is bound to, instead of the usual one.",
  "plug/driver/@iommufd": "Whether the device is opened by the kernel's IOMMUFD interface.",
};
