// Guests' documents of any size, as libvirt hands them to its hooks.

/** The guest of the goals' table: 16 KB, as one with a dozen disks and interfaces has. */
export const USUAL_BYTES = 16 * 1024;

/** What a document may be given. */
interface GuestOptions {
  readonly name?: string;
  /** The CPU's mode, as it stands in the attribute. */
  readonly cpu?: string;
}

/**
 * A guest's document.
 *
 * @param bytes Its exact size, at least 1024; from about 6 KiB on all but 1 KiB of it is devices.
 * @throws {Error} where nothing of that size is a guest.
 */
export function guest(bytes: number, { name = "web1", cpu = "host-model" }: GuestOptions = {}): string {
  const parts = [FIXED, MORE].filter((_, index) => index === 0 || bytes >= 6000).join("");
  let devices = "";
  const size = (padding: string): number => frame(name, cpu, parts, devices, padding).length;
  for (let index = 0; ; index += 1) {
    const next = device(index);
    if (size("") + next.length > bytes) break;
    devices += next;
  }
  const missing = bytes - size("");
  if (missing < 0) throw new Error(`Cannot make a guest of ${bytes} bytes: the smallest has ${size("")}`);
  return frame(name, cpu, parts, devices, words(missing));
}

function frame(name: string, cpu: string, parts: string, devices: string, description: string): string {
  return `<domain type='kvm' id='7'>
  <name>${name}</name>
  <uuid>5a3b1c9e-7d62-4f0e-9a41-2b8f3c6d7e10</uuid>
  <description>${description}</description>
  <memory unit='KiB'>8388608</memory>
  <vcpu placement='static'>4</vcpu>
  <os><type arch='x86_64' machine='pc-q35-9.2'>hvm</type></os>
  <cpu mode='${cpu}' check='partial'/>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
${devices}  </devices>
${parts}</domain>
`;
}

/** Mostly disks and interfaces, as on real hosts. */
const DEVICES = [disk, network, disk, disk, controller, network, disk, channel, hostDevice];

function device(index: number): string {
  return (DEVICES[index % DEVICES.length] as (index: number) => string)(index);
}

function disk(index: number): string {
  return `    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none' io='native' discard='unmap'/>
      <source file='/var/lib/libvirt/images/web1-data-${index}.qcow2' index='${index + 1}'/>
      <backingStore type='file' index='${index + 2}'>
        <format type='qcow2'/>
        <source file='/var/lib/libvirt/images/base/debian-12.qcow2'/>
        <backingStore/>
      </backingStore>
      <target dev='vd${letters(index)}' bus='virtio'/>
      <serial>data-${index}</serial>
      <alias name='virtio-disk${index}'/>
      ${address(index)}
    </disk>
`;
}

function network(index: number): string {
  const mac = [16, 8, 0].map((shift) => hex((index >> shift) & 255, 2)).join(":");
  return `    <interface type='network'>
      <mac address='52:54:00:${mac}'/>
      <source network='default' portid='b0f9b9f1-7c4e-4f52-a1a5-${hex(index, 12)}' bridge='virbr0'/>
      <target dev='vnet${index}'/>
      <model type='virtio'/>
      <driver name='vhost' queues='4'/>
      <alias name='net${index}'/>
      ${address(index)}
    </interface>
`;
}

function controller(index: number): string {
  return `    <controller type='pci' index='${index}' model='pcie-root-port'>
      <model name='pcie-root-port'/>
      <target chassis='${(index % 255) + 1}' port='0x10'/>
      <alias name='pci.${index}'/>
      ${address(index)}
    </controller>
`;
}

function channel(index: number): string {
  return `    <channel type='unix'>
      <source mode='bind' path='/run/libvirt/qemu/channel/7-web1/org.example.agent.${index}'/>
      <target type='virtio' name='org.example.agent.${index}' state='connected'/>
      <alias name='channel${index}'/>
      <address type='virtio-serial' controller='0' bus='0' port='${(index % 31) + 1}'/>
    </channel>
`;
}

function hostDevice(index: number): string {
  return `    <hostdev mode='subsystem' type='pci' managed='yes'>
      <driver name='vfio'/>
      <source>
        <address domain='0x0000' bus='0x${hex((index + 64) & 255, 2)}' slot='0x00' function='0x0'/>
      </source>
      <alias name='hostdev${index}'/>
      ${address(index)}
    </hostdev>
`;
}

function address(index: number): string {
  return `<address type='pci' domain='0x0000' bus='0x${hex(index & 255, 2)}' slot='0x00' function='0x0'/>`;
}

/** a, b, … z, aa, ab, … as the kernel names disks. */
function letters(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}

function words(length: number): string {
  return "made to measure with; ".repeat(Math.ceil(length / 22)).slice(0, length);
}

const FIXED = `  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
`;

const MORE = `  <metadata>
    <libosinfo:libosinfo xmlns:libosinfo='http://libosinfo.org/xmlns/libvirt/domain/1.0'>
      <libosinfo:os id='http://debian.org/debian/12'/>
    </libosinfo:libosinfo>
    <app:owner xmlns:app='http://example.org/inventory/1.0' team='web' ticket='OPS-4711'>
      <app:contact>web@example.org</app:contact>
      <app:cpu mode='host-passthrough'>what an application wrote is no CPU</app:cpu>
    </app:owner>
  </metadata>
  <currentMemory unit='KiB'>8388608</currentMemory>
  <memtune>
    <hard_limit unit='KiB'>12582912</hard_limit>
  </memtune>
  <cputune>
    <shares>2048</shares>
    <vcpupin vcpu='0' cpuset='0-3'/>
    <vcpupin vcpu='1' cpuset='0-3'/>
    <vcpupin vcpu='2' cpuset='4-7'/>
    <vcpupin vcpu='3' cpuset='4-7'/>
    <emulatorpin cpuset='0-7'/>
  </cputune>
  <resource>
    <partition>/machine</partition>
  </resource>
  <features>
    <acpi/>
    <apic/>
    <vmport state='off'/>
  </features>
  <clock offset='utc'>
    <timer name='rtc' tickpolicy='catchup'/>
    <timer name='pit' tickpolicy='delay'/>
    <timer name='hpet' present='no'/>
  </clock>
  <pm>
    <suspend-to-mem enabled='no'/>
    <suspend-to-disk enabled='no'/>
  </pm>
  <seclabel type='dynamic' model='dac' relabel='yes'>
    <label>+64055:+64055</label>
    <imagelabel>+64055:+64055</imagelabel>
  </seclabel>
`;
