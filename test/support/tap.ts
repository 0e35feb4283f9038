import { chmod, mkdir, rm } from "node:fs/promises";
import { createConnection, createServer, type Socket } from "node:net";
import { dirname } from "node:path";

/** A place where clients ask a service, and where it is noted what it answers. */
export interface Tap {
  /** Where clients ask. */
  readonly socket: string;
  /** What each was answered, in the order of the answers. */
  readonly answers: readonly Answer[];
  /** Closes it, with all connections. */
  stop(): Promise<void>;
}

/** What a service answered. */
export interface Answer {
  /** The object of the call that it was asked about: a guest's name, or a network's. */
  readonly object: string;
  /** `record`, `undecided REASON`, or `nothing` where it was cut off. */
  readonly answer: string;
}

/**
 * How much is kept of a request, for its header and libvirt's words, and of an answer, for its first line and a minute's
 * `wait` lines before it.
 */
const KEPT = 1000;

/**
 * Listens at a place in a service's stead, and passes each connection on to it as it is. Where the service cannot be
 * reached, whoever asks is cut off.
 *
 * @param socket Where to listen; its folder is made where there is none.
 * @param service Where the service listens.
 */
export async function tap(socket: string, service: string): Promise<Tap> {
  const answers: Answer[] = [];
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = createConnection({ path: service, allowHalfOpen: true });
    const request = beginningOf(client);
    const answer = beginningOf(upstream);
    upstream.once("close", () => answers.push({ object: objectOf(request()), answer: answerOf(answer()) }));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on("error", () => {});
      one.once("close", () => {
        open.delete(one);
        // what was written is still read on the other side
        other.destroySoon();
      });
      one.pipe(other);
    }
  });
  await mkdir(dirname(socket), { recursive: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(socket, resolve);
  });
  // as the service's own
  await chmod(socket, 0o600);
  return {
    socket,
    answers,
    async stop() {
      for (const each of open) each.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(socket, { force: true });
    },
  };
}

/** Keeps the first bytes that come by a connection; gives them when it is asked. */
function beginningOf(socket: Socket): () => Buffer {
  let kept = Buffer.alloc(0);
  socket.on("data", (bytes: Buffer) => {
    if (kept.length < KEPT) kept = Buffer.concat([kept, bytes.subarray(0, KEPT)]);
  });
  return () => kept;
}

/** @see docs/protocol.md */
function objectOf(request: Buffer): string {
  const end = request.indexOf("\n") + 1;
  const [hook = 0, object = 0] = request.toString("latin1", 0, end).split(" ").slice(6).map(Number);
  return request.toString("utf8", end + hook, end + hook + object);
}

function answerOf(bytes: Buffer): string {
  const [line = ""] = bytes
    .toString("latin1")
    .replace(/^(?:wait\n)+/, "")
    .split("\n");
  if (line.startsWith("virt-warden-record ")) return "record";
  return line.startsWith("undecided ") ? line : "nothing";
}
