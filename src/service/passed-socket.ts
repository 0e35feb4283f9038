import { fstatSync } from "node:fs";
import { ServeError } from "./serve-error.ts";

/** The first descriptor that systemd passes. */
const FIRST = 3;

/**
 * The listening socket that systemd passed to this process or to the shell around it, if any.
 *
 * @throws {ServeError} where what was passed is something else.
 * @see sd_listen_fds(3)
 */
export function passedSocket({ LISTEN_FDS, LISTEN_PID }: NodeJS.ProcessEnv = process.env): number | undefined {
  if (LISTEN_FDS === undefined || ![process.pid, process.ppid].includes(Number(LISTEN_PID))) return undefined;
  if (LISTEN_FDS !== "1") throw new ServeError(`cannot listen: systemd passed ${LISTEN_FDS} sockets, not 1`);
  if (!fstatSync(FIRST).isSocket())
    throw new ServeError(`cannot listen: descriptor ${FIRST}, which systemd passed, is no socket`);
  return FIRST;
}
