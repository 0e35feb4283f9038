import type { Meanings } from "./meanings.ts";

/** What interfaces, networks, port groups and ports say alike about packets. */
export const traffic: Meanings = {
  virtualport: "How the port is announced to the switch: what kind of switch, and parameters for it.",
  "virtualport/@type":
    "The kind of switch; `openvswitch` makes the bridge an Open vSwitch one. When absent, the network's or port group's applies.",
  "virtualport/parameters": "Parameters of the port, as the switch's administrator gives them.",
  "parameters/@managerid": "For 802.1Qbg, the database that holds the port's type.",
  "parameters/@typeid": "For 802.1Qbg, the port's type, which decides about its access.",
  "parameters/@typeidversion": "For 802.1Qbg, the version of the port's type.",
  "parameters/@instanceid": "For 802.1Qbg, the UUID of this port.",
  "parameters/@profileid": "The switch's port profile, for 802.1Qbh and Open vSwitch.",
  "parameters/@interfaceid": "The UUID by which Open vSwitch or Midonet knows the interface.",
  "interface/bandwidth":
    "Limits on the interface's traffic; without it there are none, unless its port group has some.",
  "network/bandwidth": "Limits on the traffic of all the network's guests together.",
  "portgroup/bandwidth": "Limits on the traffic of each interface in this group that has none of its own.",
  "networkport/bandwidth": "Limits on the port's traffic.",
  "bandwidth/@classID": "The traffic class that libvirt chose, in running networks only.",
  "bandwidth/inbound": "Limits on what guests receive.",
  "bandwidth/outbound": "Limits on what guests send.",
  "inbound/@average": "The average rate, in kilobytes a second.",
  "inbound/@peak": "The highest rate, in kilobytes a second.",
  "inbound/@floor":
    "The rate that is guaranteed, in kilobytes a second; for networks that libvirt runs and that limit inbound traffic.",
  "inbound/@burst": "How much may be sent at the highest rate, in KiB.",
  "outbound/@average": "The average rate, in kilobytes a second.",
  "outbound/@peak": "The highest rate, in kilobytes a second. Linux ignores it in this direction.",
  "outbound/@floor": "No rate can be guaranteed in this direction.",
  "outbound/@burst": "How much may be sent at the highest rate, in KiB.",
  vlan: "The VLANs that packets are put into, unseen by the guest. Open vSwitch and SR-IOV devices can do so, Linux bridges in newer libvirt alone.",
  "vlan/@trunk": "Whether packets stay tagged for the guest, with a single VLAN too; several VLANs always do.",
  "vlan/tag": "A VLAN.",
  "tag/@id": "The number of the VLAN.",
  "tag/@nativeMode": "Makes this the trunk's native VLAN, and says whether its packets are tagged; for Open vSwitch.",
  "interface/port": "Settings of the port on the host's bridge.",
  "port/@isolated":
    "Whether the interface cannot reach other isolated ones on the same bridge; others still can. `no` when absent, unless the network says `yes`.",
};
