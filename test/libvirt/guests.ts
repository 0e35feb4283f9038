import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GuestOptions } from "./host/guest-xml.ts";
import type { Host } from "./host/host.ts";

/** Running guests' QEMU processes, as the host numbers them, by the guests' names. */
export type GuestProcesses = Readonly<Record<string, number>>;

/**
 * Defines and starts a guest.
 *
 * @throws {AssertionError} Where libvirt refuses it.
 */
export async function startGuest(host: Host, name: string, options: Omit<GuestOptions, "type"> = {}): Promise<void> {
  await host.defineGuest(name, options);
  const { status, stderr } = await host.virsh("start", name);
  assert.equal(status, 0, stderr);
}

/** The names of the guests that libvirt says are running, sorted. */
export async function runningGuests(host: Host): Promise<string[]> {
  const { stdout } = await host.virsh("list", "--name");
  return stdout.split("\n").filter(Boolean).sort();
}

/** The processes of the guests that run. */
export function guestProcesses(host: Host): GuestProcesses {
  const folder = host.at("/run/libvirt/qemu");
  if (!existsSync(folder)) return {};
  // each has a state file; the driver itself has a PID file as well
  const names = readdirSync(folder).flatMap((file) => /^(.*)\.xml$/.exec(file)?.[1] ?? []);
  return Object.fromEntries(names.sort().map((name) => [name, Number(readFileSync(join(folder, `${name}.pid`)))]));
}

/** Asserts that guests run on in the processes that they had: for libvirt, and for the kernel. */
export async function assertAlive(host: Host, processes: GuestProcesses): Promise<void> {
  const names = Object.keys(processes);
  const running = await runningGuests(host);
  assert.deepEqual(
    names.filter((name) => !running.includes(name)),
    [],
    "guests that no longer run",
  );
  const now = guestProcesses(host);
  assert.deepEqual(Object.fromEntries(names.map((name) => [name, now[name]])), processes);
  for (const [name, pid] of Object.entries(processes)) {
    const words = (await host.run("cat", `/proc/${pid}/cmdline`)).stdout;
    assert.ok(words.includes(`guest=${name},`), `process ${pid} is not the guest ${name}: ${words}`);
  }
}

/** The interfaces of guests that a bridge has. */
export async function attachedTo(host: Host, bridge: string): Promise<string[]> {
  const { stdout } = await host.run("ip", "-br", "link", "show", "master", bridge);
  return (stdout.match(/^vnet\d+/gm) ?? []).sort();
}

/** Makes a bridge. */
export async function addBridge(host: Host, bridge: string): Promise<void> {
  const { status, stderr } = await host.run("ip", "link", "add", bridge, "type", "bridge");
  assert.equal(status, 0, stderr);
}
