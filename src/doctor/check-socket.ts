import { dirname } from "node:path";
import { entryAt } from "../install/entry-at.ts";
import { foreignFolder } from "../install/trust.ts";
import { claimCommand } from "./mends.ts";
import { fault, type Row } from "./row.ts";
import { shellWord } from "./shell-word.ts";

const CHECK = "warm evaluator";

/**
 * Whether a warm evaluator's socket is root's alone, if it is there: whoever can listen there decides, and whoever can ask
 * there learns what policies say.
 *
 * @returns a fault, or undefined.
 */
export function checkSocket(socket: string): Row | undefined {
  const found = entryAt(socket);
  if (found === undefined) return undefined;
  if (!found.isSocket()) return fault(CHECK, `${socket} is no socket`, `rm ${shellWord(socket)}, then start it again`);
  const { uid, mode } = found;
  if (uid !== 0) {
    return fault(
      CHECK,
      `${socket} belongs to uid ${uid}: no script asks there`,
      `rm ${shellWord(socket)}, then start it as root`,
    );
  }
  if ((mode & 0o777) !== 0o600) {
    const detail = `${socket} has mode ${(mode & 0o777).toString(8)}: others than root may ask there`;
    return fault(CHECK, detail, `chmod 0600 ${shellWord(socket)}`);
  }
  const above = foreignFolder(socket);
  if (above === undefined) return undefined;
  const { folder, reason } = above;
  return fault(
    CHECK,
    `others than root can listen in its place in ${dirname(socket)}: of ${folder}, ${reason}`,
    claimCommand(folder),
  );
}
