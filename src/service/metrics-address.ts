import { isIPv4, isIPv6 } from "node:net";
import { resolve } from "node:path";

/** Where metrics are asked for: a port of an IP address, or the path of a Unix socket. */
export type MetricsAddress = { readonly host: string; readonly port: number } | { readonly path: string };

const PORT = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):(\d{1,5})$/;

/**
 * Reads `127.0.0.1:9177`, `[::1]:9177`, or a path, which has a slash; port 0 is any that is free.
 *
 * @returns undefined for anything else: names of hosts would have to be looked up.
 */
export function readMetricsAddress(text: string): MetricsAddress | undefined {
  if (text.includes("/")) return { path: resolve(text) };
  const [, six, four, digits] = PORT.exec(text) ?? [];
  const port = Number(digits);
  if (!(port <= 65_535)) return undefined;
  if (six !== undefined && isIPv6(six)) return { host: six, port };
  return four !== undefined && isIPv4(four) ? { host: four, port } : undefined;
}

/** Whether only programs of this host reach it. */
export function isLocal(address: MetricsAddress): boolean {
  return "path" in address || address.host === "::1" || /^127\./.test(address.host);
}

/** An address as people write it. */
export function metricsAddressText(address: MetricsAddress): string {
  if ("path" in address) return address.path;
  const host = isIPv6(address.host) ? `[${address.host}]` : address.host;
  return `http://${host}:${address.port}/metrics`;
}
