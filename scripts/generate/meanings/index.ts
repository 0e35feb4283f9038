import { audio } from "./audio.ts";
import { capabilities } from "./capabilities.ts";
import { character } from "./character.ts";
import { controller } from "./controller.ts";
import { cpu } from "./cpu.ts";
import { cpuNuma } from "./cpu-numa.ts";
import { devices } from "./devices.ts";
import { disk } from "./disk.ts";
import { diskDriver } from "./disk-driver.ts";
import { diskSource } from "./disk-source.ts";
import { domain } from "./domain.ts";
import { features } from "./features.ts";
import { filesystem } from "./filesystem.ts";
import { graphics } from "./graphics.ts";
import { hostdev } from "./hostdev.ts";
import { hypervisorFeatures } from "./hypervisor-features.ts";
import { networkInterface } from "./interface.ts";
import { interfaceSource } from "./interface-source.ts";
import { launchSecurity } from "./launch-security.ts";
import type { Meanings } from "./meanings.ts";
import { memory } from "./memory.ts";
import { memoryDevice } from "./memory-device.ts";
import { network } from "./network.ts";
import { networkPort } from "./network-port.ts";
import { networkServices } from "./network-services.ts";
import { os } from "./os.ts";
import { raw } from "./raw.ts";
import { seclabel } from "./seclabel.ts";
import { shared } from "./shared.ts";
import { tpm } from "./tpm.ts";
import { traffic } from "./traffic.ts";
import { vcpu } from "./vcpu.ts";

const PARTS: readonly Meanings[] = [
  audio,
  capabilities,
  character,
  controller,
  cpuNuma,
  cpu,
  devices,
  diskDriver,
  diskSource,
  disk,
  domain,
  features,
  filesystem,
  graphics,
  hostdev,
  hypervisorFeatures,
  interfaceSource,
  networkInterface,
  launchSecurity,
  memoryDevice,
  memory,
  networkPort,
  networkServices,
  network,
  os,
  raw,
  seclabel,
  shared,
  tpm,
  traffic,
  vcpu,
];

/**
 * What the parts of libvirt's documents mean, for the comments in the typings. A key is the end of a part's path from
 * the root: `cpu/@mode` (an attribute), `cpu/topology` (an element), `cpu/model/text()`.
 */
export const MEANINGS: Meanings = merge(PARTS);

function merge(parts: readonly Meanings[]): Meanings {
  const merged = new Map<string, string>();
  for (const [key, text] of parts.flatMap((part) => Object.entries(part))) {
    if (merged.has(key)) throw new Error(`Cannot document ${key}: two files do`);
    merged.set(key, text);
  }
  return Object.fromEntries(merged);
}
