import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { HeldSocket } from "./hold-socket.ts";
import { ServeError } from "./serve-error.ts";
import { startStillThread } from "./still-thread.ts";

/** A listening TCP socket that nobody in this process takes connections from. */
export interface HeldPort extends HeldSocket {
  readonly port: number;
}

/** Binds in a thread that then stands still, see `hold-socket.ts`. */
const HOLD = `
const { createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer();
server.on("error", ({ message }) => parentPort.postMessage({ message }));
server.listen({ host: workerData.host, port: workerData.port, backlog: 64 }, () => {
  parentPort.postMessage({ port: server.address().port });
  Atomics.wait(workerData.hold, 0, 0);
  server.close();
});`;

/** In /proc/net/tcp. */
const LISTENS = "0A";

/**
 * Listens at a port of an IP address.
 *
 * @param port 0 for any that is free.
 * @throws {ServeError} where it cannot be had.
 */
export async function holdPort({ host, port }: { readonly host: string; readonly port: number }): Promise<HeldPort> {
  const thread = startStillThread<{ readonly message?: string; readonly port: number }>(HOLD, { host, port });
  const { release } = thread;
  const said = await thread.said;
  if (said.message !== undefined) throw new ServeError(`cannot listen for metrics: ${said.message}`);
  const descriptor = descriptorOf(said.port);
  if (descriptor !== undefined) return { descriptor, port: said.port, release };
  await release();
  throw new ServeError(`cannot listen for metrics: the descriptor of port ${said.port} is not in /proc/self/fd`);
}

/**
 * The one of this process's sockets that listens at a port.
 *
 * @see proc_pid_net(5): a line of /proc/net/tcp has the local address and port in hex, a state, and as tenth the inode.
 */
function descriptorOf(port: number): number | undefined {
  const end = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const inodes = ["tcp", "tcp6"].flatMap((name) =>
    table(name)
      .filter(([, local, , state]) => local?.endsWith(end) && state === LISTENS)
      .map((words) => `socket:[${words[9]}]`),
  );
  const name = readdirSync("/proc/self/fd").find((each) => inodes.includes(targetOf(each) ?? ""));
  return name === undefined ? undefined : Number(name);
}

/** The lines' words; none where this host has no such sockets. */
function table(name: string): readonly (readonly string[])[] {
  try {
    const lines = readFileSync(`/proc/net/${name}`, "utf8").split("\n");
    return lines.map((line) => line.trim().split(/\s+/));
  } catch {
    return [];
  }
}

function targetOf(name: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // the one that lists the folder is closed again
    return undefined;
  }
}
