import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type ContainerOptions, containerXml } from "./host/container-xml.ts";
import type { Host } from "./host/host.ts";
import { type Ended, runProgram } from "./host/run-program.ts";

/** Containers of a host that was started with `containers`, by libvirt's LXC driver. */
export interface Containers {
  virsh(...args: readonly string[]): Promise<Ended>;
  /** Defines a container and starts it. */
  start(name: string, options?: ContainerOptions): Promise<Ended>;
  /** What libvirt says that it is: `running`, `shut off`. */
  stateOf(name: string): Promise<string>;
  /** The process that holds a container, as the host numbers it; `undefined` for one that does not run. */
  processOf(name: string): number | undefined;
}

/** The containers of a host. */
export function containersOf(host: Host): Containers {
  const uri = host.uri.replace(/^qemu/, "lxc");
  const virsh = (...args: readonly string[]) => runProgram("virsh", ["-c", uri, ...args]);
  return {
    virsh,
    async start(name, options) {
      const file = host.at("/run/container.xml");
      writeFileSync(file, containerXml(name, options));
      const { status, stderr } = await virsh("define", file);
      assert.equal(status, 0, stderr);
      return virsh("start", name);
    },
    stateOf: async (name) => (await virsh("domstate", name)).stdout.trim(),
    processOf(name) {
      const file = host.at(`/run/libvirt/lxc/${name}.pid`);
      return existsSync(file) ? Number(readFileSync(file, "utf8")) : undefined;
    },
  };
}
