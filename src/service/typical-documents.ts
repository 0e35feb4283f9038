const disk = (name: string, index: number): string => `
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap'/>
      <source file='/var/lib/libvirt/images/${name}.qcow2' index='${index}'/>
      <target dev='vd${"abcdefgh"[index]}' bus='virtio'/>
      <alias name='virtio-disk${index}'/>
      <address type='pci' domain='0x0000' bus='0x0${index}' slot='0x00' function='0x0'/>
    </disk>`;

const nic = (index: number): string => `
    <interface type='network'>
      <mac address='52:54:00:7b:35:9${index}'/>
      <source network='default'/>
      <model type='virtio'/>
      <address type='pci' domain='0x0000' bus='0x1${index}' slot='0x00' function='0x0'/>
    </interface>`;

/** A guest as libvirt writes it. */
const DOMAIN = `<domain type='kvm'>
  <name>virt-warden-warm-up</name>
  <uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>
  <memory unit='KiB'>4194304</memory>
  <currentMemory unit='KiB'>4194304</currentMemory>
  <vcpu placement='static'>4</vcpu>
  <resource><partition>/machine</partition></resource>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type><boot dev='hd'/></os>
  <features><acpi/><apic/></features>
  <cpu mode='custom' match='exact' check='full'><model fallback='forbid'>Skylake-Server-IBRS</model>
    <feature policy='require' name='vmx'/><feature policy='require' name='hypervisor'/></cpu>
  <clock offset='utc'><timer name='rtc' tickpolicy='catchup'/><timer name='hpet' present='no'/></clock>
  <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot><on_crash>destroy</on_crash>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>${[0, 1, 2, 3].map((index) => disk("warm-up", index)).join("")}
    <controller type='usb' index='0' model='qemu-xhci' ports='15'/>
    <controller type='pci' index='0' model='pcie-root'/>${[0, 1].map(nic).join("")}
    <serial type='pty'><target type='isa-serial' port='0'><model name='isa-serial'/></target></serial>
    <console type='pty'><target type='serial' port='0'/></console>
    <graphics type='vnc' port='-1' autoport='yes' listen='127.0.0.1'><listen type='address' address='127.0.0.1'/></graphics>
    <video><model type='virtio' heads='1' primary='yes'/></video>
    <memballoon model='virtio'/>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
  </devices>
</domain>`;

/** What libvirt tells a network's hook. */
const HOOK_DATA = `<hookData>
  <network>
    <name>default</name>
    <uuid>dd8fe884-6c02-601e-7551-cca97df1c5df</uuid>
    <forward mode='nat'/>
    <bridge name='virbr0' stp='on' delay='0'/>
    <ip address='192.168.122.1' netmask='255.255.255.0'/>
  </network>
  <networkport>
    <uuid>5d744f21-ba4a-4d6e-bdb2-30a35ff3207d</uuid>
    <owner><name>virt-warden-warm-up</name><uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid></owner>
    <mac address='52:54:00:7b:35:93'/>
    <plug type='network' bridge='virbr0'/>
  </networkport>
</hookData>`;

/** What nobody's guest is, and like everybody's, by the kinds of documents. */
export const TYPICAL_DOCUMENTS = { domain: DOMAIN, hookData: HOOK_DATA, none: "" } as const;
