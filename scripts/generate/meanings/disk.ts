import type { Meanings } from "./meanings.ts";

/** What a disk is in the guest: everything but where its data lies and how it is driven. */
export const disk: Meanings = {
  disk: "A disk, CD-ROM, floppy or passed-through LUN.",
  "disk/@type": "What the source is; it decides which of its properties exist. `file` when absent.",
  "disk/@device":
    "What the guest sees; `disk` when absent. A `lun` passes the guest's SCSI commands on to the real device.",
  "disk/@rawio":
    "Whether QEMU gets the raw I/O capability, for LUNs only. It holds for the whole process, so for every disk of the guest; `no` when absent.",
  "disk/@sgio":
    "Whether the kernel filters the SCSI commands that the guest sends to a LUN; `unfiltered` allows dangerous ones. `filtered` when absent.",
  "disk/@model": "Which variant of the device is emulated, where the bus has several; otherwise the bus alone decides.",
  "disk/@snapshot":
    "What a snapshot of the guest does with this disk when the request says nothing. Read-only disks take no part by default.",
  "disk/auth": "Login for network storage in its older place; newer documents have it in the source.",
  "disk/boot": "Makes the disk a boot device.",
  "disk/backenddomain": "The Xen domain that serves the disk, instead of the host.",
  "backenddomain/@name": "The name of the Xen driver domain.",
  "disk/readonly": "Present when the guest cannot write. CD-ROMs are read-only with and without it.",
  "disk/shareable":
    "Present when several guests may use the disk at once: exclusive locks are lifted, and it is up to the guests not to spoil each other's data.",
  "disk/transient": "Present when all that the guest writes is thrown away when it stops.",
  "transient/@shareBacking": "Whether other running guests may use the same image beneath the thrown-away changes.",
  "disk/serial": "The serial number that the guest reads; long ones may be cut off, depending on the bus.",
  "disk/encryption": "How the image is encrypted, in its older place; newer documents have it in the source.",
  "disk/throttlefilters": "The I/O limits shared with other disks that apply to this one.",
  "throttlefilters/throttlefilter": "One shared limit that the disk's requests pass through.",
  "throttlefilter/@group": "The name of one of the guest's throttle groups, set by its `group_name`.",
  "disk/iotune": "Limits on the disk's throughput; without it the guest takes what the host can give.",
  "disk/geometry": "The geometry that firmware reports, in place of a computed one; for old systems and DASDs.",
  "geometry/@cyls": "The number of cylinders.",
  "geometry/@heads": "The number of heads.",
  "geometry/@secs": "The number of sectors a track.",
  "geometry/@trans": "How the firmware translates the geometry.",
  "disk/blockio": "The block sizes that the disk reports to the guest, in place of the hypervisor's choice.",
  "blockio/@logical_block_size": "The smallest unit that the guest can read or write, in bytes.",
  "blockio/@physical_block_size": "The hardware's sector size as the guest sees it, in bytes; guests align to it.",
  "blockio/@discard_granularity":
    "The smallest amount that the guest can discard, in bytes; a multiple of the logical block size.",
  "disk/wwn": "The World Wide Name that the guest reads: 16 hexadecimal digits.",
  "disk/vendor": "The vendor that the guest reads, at most 8 characters.",
  "disk/product": "The product name that the guest reads, at most 16 characters.",
  "disk/target": "Where the disk appears in the guest.",
  "disk/target/@dev":
    "The name of the disk, unique in the guest, such as `vda`. The guest's own name for it may differ.",
  "disk/target/@bus": "The kind of disk controller that is emulated. When absent, it follows from the device's name.",
  "target/@tray": "Whether a CD-ROM's or floppy's tray is open; `closed` when absent. It changes while the guest runs.",
  "target/@removable": "Whether a USB disk reports itself as removable; `off` when absent.",
  "target/@rotation_rate":
    "The rotation speed that the disk reports, in turns a minute; 1 stands for solid state. It says nothing of the host's storage.",
  "target/@dpofua": "Whether the disk reports support for DPO and FUA, SCSI's flags for writes that bypass caches.",
  "disk/mirror":
    "A block job that copies the disk elsewhere while the guest runs. libvirt reports it, and ignores it when it is given.",
  "mirror/@file": "The copy's file, as older libvirt reports it.",
  "mirror/@format": "The copy's format, as older libvirt reports it.",
  "mirror/@job":
    "Which operation made the copy: a block copy, or the commit of the active image into the one beneath it.",
  "mirror/@type": "What the copy's source is; it decides which of its properties exist.",
  "mirror/@ready":
    "How far the job is: `yes` when it can switch to the copy, `pivot` while it does, `abort` while it is cancelled. Absent while data is still being copied.",
  "mirror/source": "Where the copy is written to.",
  "mirror/backingStore": "The image beneath the copy.",
  backingStore:
    "The image beneath this one, which holds what this one does not. An empty one ends the chain; when it is absent, libvirt reads the image to find it.",
  "backingStore/@index": "libvirt's number of this image in the chain, in running guests only; block jobs name it so.",
  "backingStore/@type":
    "What the image's source is; it decides which of its properties exist. An empty backing store has none.",
  "backingStore/source": "Where the image lies.",
  format: "The image's format, and settings for it.",
  "format/@type": "The image format; `raw` takes the bytes as they are.",
};
