import type { Meanings } from "./meanings.ts";

/** What the parts of a guest's boot configuration mean. */
export const os: Meanings = {
  "os/@firmware":
    "The kind of firmware, for which libvirt then picks an image of the host's. Absent: `loader` names it, or the hypervisor's default is used.",
  "os/type": "The kind of system that boots, with its architecture and machine type.",
  "os/type/@arch": "The architecture of the guest's CPU. Absent: mostly the host's. A foreign one is emulated.",
  "os/type/@machine":
    "The emulated machine, such as `q35`; a versioned one keeps the guest's hardware the same across upgrades. Absent: the emulator's default.",
  "os/type/text()":
    "`hvm` is a system for bare metal; `xen`, `linux` and `xenpvh` know that Xen runs them; `exe` is a container.",
  "os/kernel":
    "A kernel image of the host that is booted directly, past the firmware's boot order and the guest's own disks.",
  "os/initrd": "The initial RAM disk of the host for `kernel`.",
  "os/root": "The root device for a directly booted kernel.",
  "os/cmdline": "The command line of `kernel`; in a container, what `/proc/cmdline` shows.",
  "os/shim":
    "A first UEFI boot program of the host that verifies `kernel`, so that direct boot works with Secure Boot.",
  "os/dtb": "A device tree image of the host for `kernel`.",
  "os/firmware": "Which features firmware must or must not have for libvirt to pick it.",
  "os/firmware/feature": "A feature that decides which firmware is picked.",
  "os/firmware/feature/@enabled": "Whether the firmware must have the feature (`yes`) or must not (`no`).",
  "os/firmware/feature/@name":
    "`secure-boot`: the firmware can do Secure Boot. `enrolled-keys`: it holds default keys; without any, unsigned systems boot too.",
  "os/loader": "The firmware image, and what is known of it.",
  "os/loader/@readonly": "Whether the guest can only read the image; `no` lets it change its own firmware.",
  "os/loader/@secure":
    "Says that the firmware can do Secure Boot. It does not switch it on: that takes enrolled keys, and needs SMM on x86.",
  "os/loader/@type": "How the image is mapped: `pflash` as flash memory, as UEFI needs it, or `rom`.",
  "os/loader/@stateless": "`yes`: the guest has no `nvram`, and changes of firmware settings are lost when it stops.",
  "os/loader/@format":
    "The image's format; when libvirt picks the firmware, only images in that format are considered.",
  "os/loader/text()": "The image's absolute path on the host. Empty where libvirt picks it.",
  "os/nvram": "Where UEFI keeps its variables, Secure Boot's keys among them.",
  "os/nvram/@template":
    "The file of the host that fills a new variable store. Absent: the one that goes with the firmware.",
  "os/nvram/@templateFormat": "The format of `template`.",
  "os/nvram/@format": "The format of the variable store.",
  "os/nvram/@type": "The kind of storage that `source` describes, as for a disk. Absent: a file, named by the text.",
  "os/nvram/text()": "The file's absolute path on the host; created from `template` where it is missing.",
  "os/nvram/source": "The storage of the variables, where it is not simply a file; described as for a disk.",
  "os/varstore": "A file with UEFI variables, for firmware that does not keep them in flash memory (`nvram`).",
  "os/varstore/@template": "The file of the host that fills a new variable store.",
  "os/varstore/@path": "The file's absolute path on the host.",
  "os/boot":
    "A kind of device to boot from, in the order in which they are tried. Devices with a `boot` of their own exclude it.",
  "os/boot/@dev": "`hd`, `fd` and `cdrom` are disks by their kind; `network` boots what the network serves (PXE).",
  "os/bootmenu": "Whether the firmware asks at the start what to boot.",
  "os/bootmenu/@enable": "Whether it asks: whoever reaches the console can then boot something else.",
  "os/bootmenu/@timeout": "How long it waits, in milliseconds.",
  "os/smbios": "Where the guest's SMBIOS data come from. Absent: the hypervisor's default.",
  "os/smbios/@mode":
    "`emulate`: made up by the hypervisor; `host`: copied from the host, which reveals its make; `sysinfo`: from `domain.sysinfo`.",
  "os/bios": "Options of a BIOS.",
  "os/bios/@useserial": "Whether BIOS messages go to the first serial port.",
  "os/bios/@rebootTimeout": "How long after a failed boot the guest tries again, in milliseconds; -1 never.",
  "os/acpi": "ACPI tables that the guest gets in addition.",
  "os/acpi/table": "A table, read from a file of the host.",
  "os/acpi/table/@type":
    "What the file holds: one table (`raw`), many (`rawset`), or a licence table (`slic`, `msdm`), whose signature is then forced.",
  "os/acpi/table/text()": "The file's absolute path on the host.",
  "os/init": "The first program of a container: an absolute path in it.",
  "os/initarg": "An argument of `init`.",
  "os/initenv": "An environment variable of `init`.",
  "os/initenv/@name": "The variable's name.",
  "os/initenv/text()": "The variable's value.",
  "os/initdir": "The directory that `init` starts in.",
  "os/inituser": "The user that `init` runs as: a name or a number; `+` before it makes sure that it is a number.",
  "os/initgroup": "The group that `init` runs as: a name or a number; `+` before it makes sure that it is a number.",
};
