import { fstatSync } from "node:fs";
import { ServeError } from "./serve-error.ts";

/** The first descriptor that systemd passes. */
const FIRST = 3;

/** The listening sockets that systemd passed. */
export interface PassedSockets {
  /** Where hooks ask. */
  readonly descriptor?: number;
  /** Where metrics are asked for: the one that its unit calls so, `FileDescriptorName=metrics`. */
  readonly metricsDescriptor?: number;
}

const METRICS = "metrics";

/**
 * The listening sockets that systemd passed to this process or to the shell around it, if any.
 *
 * @throws {ServeError} where what was passed is something else.
 * @see sd_listen_fds(3), systemd.socket(5)
 */
export function passedSockets(
  { LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES }: NodeJS.ProcessEnv = process.env,
): PassedSockets {
  if (LISTEN_FDS === undefined || ![process.pid, process.ppid].includes(Number(LISTEN_PID))) return {};
  const names = LISTEN_FDNAMES?.split(":") ?? [];
  const descriptors = Array.from({ length: Number(LISTEN_FDS) }, (_, index) => FIRST + index);
  const metrics = descriptors.filter((_, index) => names[index] === METRICS);
  const others = descriptors.filter((_, index) => names[index] !== METRICS);
  if (others.length > 1 || metrics.length > 1 || descriptors.length === 0) {
    throw new ServeError(
      `cannot listen: systemd passed ${LISTEN_FDS} sockets, not 1, and perhaps one named ${METRICS}`,
    );
  }
  for (const descriptor of descriptors) {
    if (fstatSync(descriptor).isSocket()) continue;
    throw new ServeError(`cannot listen: descriptor ${descriptor}, which systemd passed, is no socket`);
  }
  const [descriptor] = others;
  const [metricsDescriptor] = metrics;
  return {
    ...(descriptor !== undefined && { descriptor }),
    ...(metricsDescriptor !== undefined && { metricsDescriptor }),
  };
}
