import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { exposition, OPENMETRICS_TYPE, PROMETHEUS_TYPE } from "../metrics/exposition.ts";
import type { Family } from "../metrics/family.ts";

/** How many may ask at a time; more are ended at once. */
const MAX_CONNECTIONS = 16;

/** In bytes. */
const MAX_HEADER = 8192;

/** How long a request may take to come, in milliseconds, and how long nothing may happen. */
const MAX_TIME = 5000;

/** Answers `GET /metrics` over HTTP, one answer a connection, in bounds that whoever asks cannot widen. */
export class MetricsServer {
  readonly #server: Server;

  /** @param descriptor The listening socket. */
  constructor(descriptor: number, families: () => readonly Family[]) {
    this.#server = createServer(
      {
        maxHeaderSize: MAX_HEADER,
        headersTimeout: MAX_TIME,
        requestTimeout: MAX_TIME,
        connectionsCheckingInterval: 1000,
        keepAlive: false,
      },
      (request, response) => answer(request, response, families),
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.setTimeout(MAX_TIME, (socket: { destroy(): void }) => socket.destroy());
    this.#server.listen({ fd: descriptor });
  }

  /** Ends it, and whoever asks. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

function answer(request: IncomingMessage, response: ServerResponse, families: () => readonly Family[]): void {
  const { method = "", url = "", headers } = request;
  response.setHeader("Connection", "close");
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (url.split("?", 1)[0] !== "/metrics") {
    refuse(response, 404, "only /metrics is here");
    return;
  }
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    refuse(response, 405, "only GET and HEAD are answered");
    return;
  }
  // readers of the older format alone name no other
  const { accept = "" } = headers;
  const isOld = /\btext\/plain\b/.test(accept) && !/\bapplication\/openmetrics-text\b/.test(accept);
  response.setHeader("Content-Type", isOld ? PROMETHEUS_TYPE : OPENMETRICS_TYPE);
  response.end(exposition(families(), isOld ? "prometheus" : "openmetrics"));
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader("Content-Type", "text/plain; charset=utf-8");
  response.end(`${reason}\n`);
}
