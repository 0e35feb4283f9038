import type { Meanings } from "./meanings.ts";

/** A libvirt network, and how it reaches others. */
export const network: Meanings = {
  network: "A libvirt network.",
  "network/@connections": "The number of guest interfaces that are connected, in running networks only.",
  "network/@ipv6": "Whether guests can use IPv6 among each other though the network has no IPv6 address.",
  "network/@trustGuestRxFilters":
    "Whether the host follows guests' changes of MAC address and filters, where port group and interface say nothing else.",
  "network/name": "The network's name, unique on its host.",
  "network/title": "A short title for people.",
  "network/description": "Free text for people; libvirt does not act on it.",
  "network/metadata":
    "What applications store with the network, one element for each namespace; libvirt does not act on it.",
  "network/uuid": "What identifies the network.",
  "network/bridge":
    "The host's bridge that guests are connected to: libvirt's own, or for mode `bridge` an existing one.",
  "network/bridge/@name": "The name of the bridge; libvirt chooses one such as virbr0 for its own.",
  "network/bridge/@zone": "The firewalld zone of the bridge; `libvirt`, or one that follows the mode, when absent.",
  "network/bridge/@stp": "Whether the bridge takes part in the spanning tree protocol; on when absent.",
  "network/bridge/@delay": "The bridge's forward delay in seconds; 0 when absent.",
  "network/bridge/@macTableManager":
    "Who fills the bridge's table of MAC addresses; the kernel when absent. With libvirt, only the addresses in guests' documents are known.",
  "network/mtu": "The largest packet on the network.",
  "network/mac": "The MAC address of the bridge.",
  "network/mac/@address": "The MAC address; libvirt makes one up when there is none.",
  "network/forward": "How the network reaches others. Without it, guests reach only each other and the host.",
  "network/forward/@mode":
    "`nat` hides guests behind the host; `route` and `open` route them, `open` without firewall rules; all others put guests on the host's own networks, past its IP stack. `nat` when absent.",
  "network/forward/@dev": "The only host device that traffic may leave by, enforced by firewall rules.",
  "network/forward/@managed":
    "Whether libvirt takes devices from the host's driver and gives them back, for mode `hostdev`.",
  "network/forward/interface": "A host device that guests are attached to; libvirt chooses among them.",
  "forward/interface/@dev": "The name of the host's device.",
  "forward/interface/@connections": "The number of guest interfaces on it, in running networks only.",
  "network/forward/address": "A PCI device, mostly an SR-IOV virtual function, that one guest at a time gets.",
  "forward/address/@connections": "The number of guest interfaces that have it, in running networks only.",
  "network/forward/pf": "The SR-IOV device whose virtual functions guests get.",
  "pf/@dev": "The name of the host's device.",
  "network/forward/driver": "How PCI devices are assigned, for mode `hostdev`.",
  "network/forward/driver/@name": "The way of assignment; VFIO on current hosts, also when absent.",
  "network/forward/driver/@model": "The host's kernel driver that devices are bound to, instead of the usual one.",
  "network/forward/driver/@iommufd": "Whether devices are opened by the kernel's IOMMUFD interface.",
  "network/forward/nat": "How addresses are translated.",
  "nat/@ipv6": "Whether IPv6 is translated too; it is routed when absent.",
  "nat/address": "The public addresses that guests appear as; the host's own when absent.",
  "nat/address/@start": "The first IPv4 address.",
  "nat/address/@end": "The last IPv4 address, itself included.",
  "nat/port": "The ports that guests' connections appear from.",
  "nat/port/@start": "The first port.",
  "nat/port/@end": "The last port, itself included.",
  "network/portgroup": "A class of connections, which interfaces choose by name.",
  "portgroup/@name": "The name of the group.",
  "portgroup/@default": "Whether interfaces that name no group belong to this one.",
  "portgroup/@trustGuestRxFilters":
    "Whether the host follows guests' changes of MAC address and filters, where the interface says nothing else.",
  "network/port": "Settings of all ports on the bridge.",
  "network/route": "A route that the host gets: networks that it reaches by one of the guests.",
  "network/dnsmasq:options": "Lines for the configuration of dnsmasq, which libvirt passes on unchecked.",
  "dnsmasq:options/dnsmasq:option": "One line.",
  "dnsmasq:option/@value": "The line. It can make dnsmasq run programs and read files of the host.",
};
