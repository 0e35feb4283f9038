import type { ChildProcess } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GuestOptions, guestXml } from "./guest-xml.ts";
import { type HostFiles, removeHostFiles, writeHook } from "./host-files.ts";
import type { Namespace } from "./namespace.ts";
import { type Ended, runProgram } from "./run-program.ts";
import { waitUntil } from "./wait-until.ts";

/** A libvirt host of a test's own, which shares the machine's programs but none of its libvirt's state. */
export interface Host extends AsyncDisposable {
  readonly uri: string;
  /** A folder where QEMU may make sockets, for migrations. */
  readonly sockets: string;
  /** Where on the machine a file of the host lies. */
  at(path: string): string;
  virsh(...args: readonly string[]): Promise<Ended>;
  /** Defines a guest, see {@link guestXml}, of the fastest type that the host has. */
  defineGuest(name: string, options?: Omit<GuestOptions, "type">): Promise<void>;
  /** Defines and starts a network from its XML. */
  startNetwork(name: string, xml: string): Promise<void>;
  /** Runs a program inside the host, `ip` for example. */
  run(file: string, ...args: readonly string[]): Promise<Ended>;
  /** Starts a program inside the host, which ends with it at the latest. */
  start(file: string, ...args: readonly string[]): ChildProcess;
  /** Has something done before the host ends; tasks are done in the order in which they came. */
  beforeStop(task: () => Promise<void>): void;
  /** Writes a hook script; libvirt finds a new one at the next {@link restartDaemon}. */
  installHook(name: string, script: string): void;
  /** Ends libvirtd and starts it again; guests go on running. */
  restartDaemon(): Promise<void>;
  /** Asks libvirtd to reload (SIGHUP), which also makes it look for new hook scripts; it does so a moment later. */
  reloadDaemon(): Promise<void>;
  /** libvirtd's log, from warnings on. */
  readLog(): string;
  /** Ends the guests, the daemons and the namespaces, and removes the host's folder. */
  stop(): Promise<void>;
}

/** Waits for a host's daemon, and makes what a test does with it. */
export async function makeHost(hostname: string, files: HostFiles, namespace: Namespace): Promise<Host> {
  const uri = `qemu+unix:///system?socket=${files.at("/run/libvirt/libvirt-sock")}`;
  const virsh = (...args: readonly string[]) => runProgram("virsh", ["-c", uri, ...args]);
  const must = async (...args: readonly string[]): Promise<void> => {
    const { status, stderr } = await virsh(...args);
    if (status !== 0) throw new Error(`Cannot run virsh ${args.join(" ")} on ${hostname}: ${stderr.trim()}`);
  };
  const define = async (command: "define" | "net-define", xml: string) => {
    const file = join(files.folder, `${command}.xml`);
    writeFileSync(file, xml);
    await must(command, file);
  };
  const ready = () => waitUntil(`libvirtd of ${hostname}`, async () => (await virsh("uri")).status === 0);
  const tasks: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const task of tasks.splice(0)) await task();
    await namespace.end();
    removeHostFiles(files);
  };
  await ready();
  const type = (await virsh("domcapabilities", "--virttype", "kvm")).status === 0 ? "kvm" : "qemu";
  return {
    uri,
    sockets: files.sockets,
    at: files.at,
    virsh,
    defineGuest: (name, guest) => define("define", guestXml(name, { type, ...guest })),
    async startNetwork(name, xml) {
      await define("net-define", xml);
      await must("net-start", name);
    },
    run: (file, ...args) => namespace.run(file, args),
    start: (file, ...args) => namespace.start(file, args),
    beforeStop: (task) => tasks.push(task),
    installHook: (name, script) => writeHook(files, name, script),
    async restartDaemon() {
      await namespace.command("stop-daemon");
      await namespace.command("start-daemon");
      await ready();
    },
    reloadDaemon: () => namespace.command("reload-daemon"),
    readLog: () => readFileSync(files.log, "utf8"),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
