import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { basename, dirname, join } from "node:path";
import { refuseFolder } from "./refuse-folder.ts";
import { ServeError } from "./serve-error.ts";
import { startStillThread } from "./still-thread.ts";

/** A listening socket that nobody in this process takes connections from. */
export interface HeldSocket {
  readonly descriptor: number;
  /** Closes it; the socket's file goes if it is still its own. */
  release(): Promise<void>;
}

/** No path of a socket may be longer, in bytes: see unix(7). */
const MAX_PATH = 107;

/**
 * Binds in a thread of its own, which then stands still: Node takes connections from what listens in a loop that goes on,
 * and these are for the listener.
 */
const HOLD = `
const { createServer } = require("node:net");
const { parentPort, workerData } = require("node:worker_threads");
const server = createServer();
server.on("error", (error) => parentPort.postMessage(error.message));
server.listen({ path: workerData.path, backlog: 4096 }, () => {
  parentPort.postMessage(undefined);
  Atomics.wait(workerData.hold, 0, 0);
  server.close();
});`;

/**
 * Listens at a path, with mode 0600, in a folder that is made with mode 0700. What was left of an earlier service is
 * replaced.
 *
 * @throws {ServeError} where the path is too long, another service listens there, others may write to the folder, and of
 * the system.
 */
export async function holdSocket(path: string): Promise<HeldSocket> {
  const length = Buffer.byteLength(path);
  if (length > MAX_PATH) {
    throw new ServeError(
      `cannot listen on ${path}: a socket's path has at most ${MAX_PATH} bytes, this one ${length}; choose another`,
    );
  }
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseFolder(folder);
  if (await isServed(path)) throw new ServeError(`cannot listen on ${path}: another service does; stop it first`);
  // as long as its name, since no path of a socket may be longer than 107 bytes; what a start left that was killed goes
  const unnamed = join(
    folder,
    basename(path).replace(/^./u, (first) => (first === "~" ? "_" : "~")),
  );
  rmSync(unnamed, { force: true });
  const thread = startStillThread<string | undefined>(HOLD, { path: unnamed });
  const { release } = thread;
  const problem = await thread.said;
  if (problem !== undefined) throw new ServeError(`cannot listen on ${path}: ${problem}`);
  try {
    chmodSync(unnamed, 0o600);
    const { ino } = lstatSync(unnamed);
    const descriptor = descriptorOf(unnamed);
    // nobody finds it before it is all that it has to be
    renameSync(unnamed, path);
    return {
      descriptor,
      async release() {
        if (lstatSync(path, { throwIfNoEntry: false })?.ino === ino) rmSync(path, { force: true });
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Whether somebody takes connections there. */
function isServed(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/**
 * A socket that was renamed goes on with its first path there, so that a dead service's successor finds more than its own.
 *
 * @see proc_pid_net(5): a line of /proc/net/unix ends in a socket's inode and its path.
 */
function descriptorOf(path: string): number {
  const targets = readFileSync("/proc/net/unix", "utf8")
    .split("\n")
    .filter((each) => each.endsWith(` ${path}`))
    .map((line) => `socket:[${line.trim().split(/\s+/)[6]}]`);
  const descriptor = readdirSync("/proc/self/fd").find((name) => targets.includes(targetOf(name) ?? ""));
  if (descriptor === undefined)
    throw new ServeError(`cannot find the descriptor of ${basename(path)} in /proc/self/fd`);
  return Number(descriptor);
}

function targetOf(name: string): string | undefined {
  try {
    return readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // the one that lists the folder is closed again
    return undefined;
  }
}
