import { lstatSync, type Stats, statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../user-error.ts";
import { DEFAULT_CONFIGURATION } from "./configuration.ts";

/** Its name in a folder of policies. */
const NAME = "virt-warden.yaml";

/**
 * The configuration that commands take which are given none: that of the working folder, else the host's.
 *
 * @returns its absolute path; nothing need be there.
 * @throws {UserError} for root, where the working folder's belongs to somebody else: what it names would be believed.
 */
export function defaultConfiguration(): string {
  const file = resolve(NAME);
  const link = lstatSync(file, { throwIfNoEntry: false });
  if (link === undefined) return DEFAULT_CONFIGURATION;
  const foreign = process.geteuid?.() === 0 && [link, statSync(file, { throwIfNoEntry: false })].find(isForeign);
  if (!foreign) return file;
  const message = `cannot take this folder's configuration: it belongs to uid ${foreign.uid}, not to root; if it is the one, name it with --config ${NAME}`;
  throw new UserError([{ file, message }]);
}

function isForeign(stats: Stats | undefined): boolean {
  return stats !== undefined && stats.uid !== 0;
}
