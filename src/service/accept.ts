import { createServer, type Socket } from "node:net";
import { Connection } from "./connection.ts";
import type { Decisions } from "./decisions.ts";

/** How many connections there are at most; of more, the one whose request is still to come for longest is ended. */
const MAX_CONNECTIONS = 2048;

/** What all of them hold of requests at most, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Takes connections on a listening socket. */
export class Acceptor {
  readonly #server = createServer({ allowHalfOpen: true });
  readonly #connections = new Set<Connection>();

  /** @param descriptor The listening socket. */
  constructor(descriptor: number, decisions: Decisions) {
    this.#server.on("connection", (socket: Socket) => this.#take(socket, decisions));
    // Node takes a backlog for a descriptor from here alone
    this.#server.listen({ fd: descriptor }, 4096);
  }

  /** Takes no more connections, and waits until those whose request is there are answered. */
  async close(): Promise<void> {
    this.#server.close();
    for (const connection of this.#connections) connection.giveUp("stopping");
    await Promise.all([...this.#connections].map(({ closed }) => closed));
  }

  #take(socket: Socket, decisions: Decisions): void {
    this.#makeRoom();
    const connection = new Connection(socket, decisions);
    this.#connections.add(connection);
    socket.on("data", () => this.#refuseTooMuch(connection));
    void connection.closed.then(() => this.#connections.delete(connection));
  }

  /** Those that are read are ended in the order in which they came. */
  #makeRoom(): void {
    if (this.#connections.size < MAX_CONNECTIONS) return;
    for (const connection of this.#connections) {
      if (!connection.isReading) continue;
      connection.drop();
      return;
    }
  }

  #refuseTooMuch(connection: Connection): void {
    if (!connection.isReading) return;
    let bytes = 0;
    for (const each of this.#connections) bytes += each.bytes;
    if (bytes > MAX_BYTES) connection.giveUp("too much waits");
  }
}
