import type { Meanings } from "./meanings.ts";

/** What an interface is connected to, and the addresses at both ends. */
export const interfaceSource: Meanings = {
  "interface/source": "What the interface is connected to. What it holds depends on the interface's type.",
  "interface/source/@bridge":
    "The name of the host's bridge. For a libvirt network, libvirt reports it while the guest runs.",
  "interface/source/@macTableManager":
    "Who fills the bridge's table of MAC addresses, as libvirt reports it; with `libvirt`, addresses that it does not know get nothing.",
  "interface/source/@network": "The name of the libvirt network, whose own document says where packets go.",
  "interface/source/@portgroup":
    "The network's port group, whose bandwidth, VLAN and virtual port apply. The default one when absent.",
  "interface/source/@portid":
    "The UUID of the network's port, which libvirt gives while the guest runs; on a VMware switch, the number of the port.",
  "interface/source/@type": "The kind of socket of a vhost-user interface.",
  "interface/source/@path":
    "The UNIX socket of the process that serves a vhost-user interface. That process can read the guest's memory.",
  "interface/source/@mode":
    "For vhost-user, who listens. For `direct`, how packets travel: `vepa`, the default, and `private` send all to the switch, `bridge` delivers between guests, `passthrough` gives away the device.",
  "interface/source/@dev":
    "The host's device: the network device that `direct` attaches to or that passt takes routes from, or the path of a vDPA device.",
  "interface/source/@name": "The name of the hypervisor's internal network.",
  "interface/source/@address":
    "The IPv4 address of a tunnel: the multicast group, the server, or the peer. A server listens on all without one.",
  "interface/source/@port": "The port of a tunnel.",
  "interface/source/@missing": "Whether the host's device was absent when the guest started, as libvirt reports it.",
  "interface/source/@switchid": "The UUID of the VMware distributed switch.",
  "interface/source/@portgroupid": "The identifier of the port group on the VMware switch.",
  "interface/source/@connectionid": "The identifier of the connection on the VMware switch.",
  "source/ip": "An address of the host's end, for the type `ethernet`.",
  "source/route": "A route that the host gets by this interface, for the type `ethernet`.",
  "reconnect/@enabled": "Whether the hypervisor connects again.",
  "reconnect/@timeout": "The time between attempts, in seconds.",
  "reconnect/@delay": "For NBD, how long requests wait for the connection before they fail, in seconds.",
  "source/local": "Where a UDP tunnel's packets leave this host.",
  "local/@address": "The host's IPv4 address.",
  "local/@port": "The host's port.",
  "interface/source/vendor": "The vendor of a passed-through USB device.",
  "interface/source/product": "The product of a passed-through USB device.",
  "interface/source/address":
    "The address of the passed-through device on the host: PCI, mostly an SR-IOV virtual function, or USB.",
  "interface/ip": "An address that the device has in the guest, where the hypervisor can set it.",
  "interface/route": "A route that the guest gets, for containers.",
  "hostdev/ip": "An address that the network device has in the container.",
  "hostdev/route": "A route that the container gets.",
  "ip/@address": "The IP address.",
  "ip/@family": "Whether the address is IPv4 or IPv6.",
  "ip/@prefix": "The length of the network part in bits. When absent, 64 for IPv6 and by address class for IPv4.",
  "ip/@peer": "The address at the other end of a point-to-point link.",
  "route/@family": "Whether the route is IPv4 or IPv6; `ipv4` when absent.",
  "route/@address": "The destination network; all when absent.",
  "route/@netmask": "The destination's netmask, for IPv4.",
  "route/@prefix": "The length of the destination's network part in bits.",
  "route/@gateway": "The address of the next hop.",
  "route/@metric": "The cost of the route; of equal routes the cheaper one is taken. 1 when absent.",
  "interface/portForward":
    "Ports of the host that are forwarded to the guest, by passt. Without ranges it forwards every port of the protocol.",
  "portForward/@proto": "The protocol whose ports are forwarded.",
  "portForward/@address": "The host's address that is forwarded; every one when absent.",
  "portForward/@dev": "The host's network device that is forwarded; every one when absent.",
  "portForward/range": "A range of ports, forwarded or kept out.",
  "portForward/range/@start": "The first port.",
  "portForward/range/@end": "The last port, itself included; the first one alone when absent.",
  "portForward/range/@to":
    "The guest's port that the first one goes to, and the others after it. The same when absent.",
  "portForward/range/@exclude": "Whether the range is left out of what is forwarded; `no` when absent.",
  "interface/backend": "What carries the packets on the host.",
  "interface/backend/@type": "What carries the packets of a `user` interface: QEMU itself, or a passt process.",
  "interface/backend/@tap": "The path of the host's tun device file, in place of `/dev/net/tun`.",
  "interface/backend/@vhost": "The path of the host's vhost device file, in place of `/dev/vhost-net`.",
  "interface/backend/@logFile": "The file on the host that passt logs to.",
  "interface/backend/@hostname": "The host name that passt gives to the guest by DHCP.",
  "interface/backend/@fqdn": "The full domain name that passt gives to the guest by DHCP.",
};
