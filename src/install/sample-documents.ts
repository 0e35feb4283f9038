import type { Event } from "../../typings/events.d.ts";
import { EVENTS } from "../hook/events.ts";
import type { Hook } from "./places.ts";

/** What no guest and no network of the host is named. */
export const SAMPLE_NAME = "virt-warden-sample";

const UUID = "6f1d2f3c-6a31-4c7e-9a0e-8d1f4be0c5a1";

/** What differs between the smallest guests of libvirt's drivers. */
const GUESTS: Readonly<Record<Exclude<Hook, "daemon" | "network">, { type: string; os: string }>> = {
  qemu: { type: "kvm", os: "<type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/>" },
  lxc: { type: "lxc", os: "<type arch='x86_64'>exe</type><init>/sbin/init</init>" },
  libxl: { type: "xen", os: "<type arch='x86_64' machine='xenfv'>hvm</type>" },
  bhyve: { type: "bhyve", os: "<type arch='x86_64'>hvm</type>" },
};

/** The smallest document that libvirt could send at an event: a guest without devices, or a network without a guest. */
export function sampleDocument(event: Event): string {
  if (EVENTS[event].document === "none") return "";
  if (EVENTS[event].document === "hookData") return sampleHookData(event);
  const { type, os } = GUESTS[event.split("/")[0] as keyof typeof GUESTS];
  return `<domain type='${type}'>
  <name>${SAMPLE_NAME}</name>
  <uuid>${UUID}</uuid>
  <memory unit='KiB'>65536</memory>
  <currentMemory unit='KiB'>65536</currentMemory>
  <vcpu placement='static'>1</vcpu>
  <os>${os}</os>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices/>
</domain>`;
}

function sampleHookData(event: Event): string {
  const port = `  <networkport>
    <uuid>0f0f7a52-5d4c-4d8b-9b6e-4f8a1c2d3e4f</uuid>
    <owner>
      <name>${SAMPLE_NAME}</name>
      <uuid>${UUID}</uuid>
    </owner>
    <mac address='52:54:00:00:00:01'/>
    <plug type='network' bridge='virbr0'/>
  </networkport>
`;
  return `<hookData>
  <network>
    <name>${SAMPLE_NAME}</name>
    <uuid>1c9d2a47-3e58-4f60-8a7b-5d6e7f809102</uuid>
    <forward mode='nat'/>
    <bridge name='virbr0' stp='on' delay='0'/>
  </network>
${event.startsWith("network/port-") ? port : ""}</hookData>`;
}
