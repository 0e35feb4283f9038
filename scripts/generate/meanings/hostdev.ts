import type { Meanings } from "./meanings.ts";

/** A device of the host that the guest gets as it is. */
export const hostdev: Meanings = {
  hostdev: "A device of the host that is given to the guest.",
  "hostdev/@mode":
    "How it is given: `subsystem`, which applies when absent, as a whole device; `capabilities` as a device file or network device of a container.",
  "hostdev/@type":
    "What is given. A PCI device writes to memory by itself, held back by the host's IOMMU alone, and mostly keeps the guest from migrating; an `mdev` is a share of a device that the host divides.",
  "hostdev/@managed":
    "For PCI, whether libvirt takes the device from the host's driver and gives it back. Without that, the administrator does; other types ignore it.",
  "hostdev/@ramfb":
    "Whether a mediated device has a plain framebuffer for the time before its driver runs; `off` when absent.",
  "hostdev/@display": "Whether a mediated device's screen can be shown by the guest's graphics; `off` when absent.",
  "hostdev/@sgio":
    "Whether the kernel filters the SCSI commands that the guest sends; `unfiltered` allows dangerous ones. `filtered` when absent.",
  "hostdev/@rawio":
    "Whether QEMU gets the raw I/O capability. It holds for the whole process, so for every disk of the guest.",
  "hostdev/@model": "The interface of a mediated device, or the variant of a virtio SCSI host.",
  "hostdev/driver": "How a PCI device is assigned.",
  "hostdev/driver/@name":
    "The way of assignment. VFIO is what current hosts use, also when absent; `kvm` is gone from current kernels.",
  "hostdev/driver/@model": "The host's kernel driver that the device is bound to, instead of the usual one.",
  "hostdev/driver/@iommufd": "Whether the device is opened by the kernel's IOMMUFD interface.",
  "hostdev/source": "Which device of the host it is. What it holds depends on the type.",
  "hostdev/source/@startupPolicy":
    "What happens when a USB device is missing at a start: `mandatory`, which applies when absent, fails; `optional` leaves it out; `requisite` does so only when migrating, restoring or reverting.",
  "hostdev/source/@writeFiltering":
    "Whether Xen lets through only harmless writes to the PCI configuration space; `yes` when absent.",
  "hostdev/source/@guestReset": "Which of the guest's requests to reset a USB device are carried out.",
  "hostdev/source/@protocol":
    "How a SCSI device is reached: an adapter of this host, or an iSCSI server. For a SCSI host it is vhost.",
  "hostdev/source/@name": "The iSCSI target's name, with a slash and the number of the LUN.",
  "hostdev/source/@wwpn":
    "The name of the vhost-scsi target that the host's administrator made, `naa.` and 16 hexadecimal digits.",
  "hostdev/source/address":
    "The device's address on the host: PCI, USB bus and device number, place at a SCSI adapter, or UUID of a mediated device.",
  "source/address/@device": "The number of the USB device on its bus; it changes when the device is plugged in again.",
  "source/address/@target": "The SCSI target.",
  "source/address/@unit": "The SCSI logical unit.",
  "source/address/@uuid": "The UUID of the mediated device, which the host's administrator made.",
  "hostdev/source/vendor": "The vendor of the USB device.",
  "hostdev/source/product": "The product number of the USB device.",
  "vendor/@id": "The USB vendor number; libvirt writes it as `0x` and four hexadecimal digits.",
  "product/@id":
    "The USB product number, written like the vendor's. Without an address, any device of that kind is taken.",
  "hostdev/source/adapter": "The SCSI adapter of the host; a guest's device gives its name.",
  "adapter/@type":
    "The kind of adapter. The schema shares it with storage pools; libvirt reads only the name of a guest's adapter.",
  "adapter/@name": "The adapter's name on the host, such as `scsi_host0`.",
  "adapter/@parent": "The name of the adapter that a virtual one is made on, in storage pools.",
  "adapter/@managed": "Whether a virtual adapter goes with its storage pool.",
  "adapter/@parent_wwnn": "The node name of the adapter that a virtual one is made on, in storage pools.",
  "adapter/@parent_wwpn": "The port name of the adapter that a virtual one is made on, in storage pools.",
  "adapter/@parent_fabric_wwn": "The fabric name of the adapter that a virtual one is made on, in storage pools.",
  "adapter/@wwnn": "The node name of a virtual Fibre Channel adapter.",
  "adapter/@wwpn": "The port name of a virtual Fibre Channel adapter.",
  "adapter/parentaddr": "The PCI device that the adapter belongs to, in storage pools.",
  "parentaddr/@unique_id": "Tells adapters of one PCI device apart.",
  "parentaddr/address": "The address of that PCI device on the host.",
  "hostdev/source/host": "The iSCSI server.",
  "hostdev/source/host/@name": "The server's host name or IP address.",
  "hostdev/source/host/@port": "The server's port; 3260 when absent.",
  "hostdev/source/auth": "The login at the iSCSI server. The password is a libvirt secret and never stands here.",
  "hostdev/source/initiator": "How the hypervisor names itself to the iSCSI server.",
  "hostdev/source/block": "The absolute path of the host's block device, for containers.",
  "hostdev/source/char": "The absolute path of the host's character device, for containers.",
  "hostdev/source/interface": "The name of the host's network device that moves into the container.",
  "hostdev/boot": "Makes the device a boot device.",
  "hostdev/rom": "The ROM of a PCI device as the guest sees it.",
  "hostdev/readonly": "Present when the guest cannot write, for SCSI devices.",
  "hostdev/shareable": "Present when several guests may use the device at once, for SCSI devices.",
};
