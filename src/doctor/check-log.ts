import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  openSync,
  realpathSync,
  type Stats,
  statfsSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { foreignFolder, foreignFrom, otherWriters } from "../install/trust.ts";
import { isRotated, rotationRule } from "./log-rotation.ts";
import { claimCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { ok, type Row, skipped, warning } from "./row.ts";
import { shellWord } from "./shell-word.ts";

const CHECK = "log";

/** In bytes. A decision's line is some hundred of them, and at most 160 KiB. */
const LEAST_ROOM = 64 * 2 ** 20;

/** In bytes; more than this says that nobody rotates it. */
const MOST_SIZE = 256 * 2 ** 20;

/** Whether decisions can be logged. None depends on it, so nothing here is a fault. */
export function checkLog(file: string, { logrotate }: Pick<Places, "logrotate">, isRoot: boolean): readonly Row[] {
  if (!isRoot) return [skipped(CHECK, "only root can try to write to it")];
  const folder = nearestFolder(dirname(file));
  const entry = statSync(folder).isDirectory() ? lstatSync(file, { throwIfNoEntry: false }) : undefined;
  const problem = entry === undefined ? tryFolder(folder) : tryFile(file, entry);
  if (problem !== undefined) return [problem];
  const stats = statSync(file, { throwIfNoEntry: false });
  const hasRules = isRotated(file, logrotate);
  const rows = [...checkOwner(file, folder, stats), ...checkRoom(folder), ...(hasRules ? [] : checkSize(file, stats))];
  if (rows.length > 0) return rows;
  const size = stats === undefined ? "made with the first decision" : sizeText(stats.size);
  return [ok(CHECK, `${file}: ${size}, ${hasRules ? "rotated by logrotate" : "nothing rotates it"}`)];
}

function tryFile(file: string, entry: Stats): Row | undefined {
  // the hook follows a link
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    const what = entry.isSymbolicLink() ? "leads to no regular file" : "is not a regular file";
    return warning(CHECK, `${file} ${what}: decisions are not logged`, moveAway(file));
  }
  try {
    closeSync(openSync(file, "a"));
    return undefined;
  } catch (error) {
    return unwritable(file, error);
  }
}

/** Root may write to every folder, but not to every file system. */
function tryFolder(folder: string): Row | undefined {
  if (!statSync(folder).isDirectory()) {
    return warning(CHECK, `${folder} is not a folder: decisions are not logged`, moveAway(folder));
  }
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return unwritable(folder, error);
  }
}

function unwritable(path: string, error: unknown): Row {
  const word = shellWord(path);
  return warning(
    CHECK,
    `decisions are not logged: ${(error as Error).message}`,
    `see findmnt -T ${word}; lsattr -d ${word}`,
  );
}

function checkOwner(file: string, folder: string, stats: Stats | undefined): readonly Row[] {
  const reason = stats && otherWriters(stats);
  const above = stats === undefined ? foreignFrom(realpathSync(folder)) : foreignFolder(file);
  return [
    ...(reason === undefined
      ? []
      : [warning(CHECK, `others than root can change ${file}: ${reason}`, claimCommand(file))]),
    ...(above === undefined
      ? []
      : [
          warning(
            CHECK,
            `others than root can replace ${file}: of ${above.folder}, ${above.reason}`,
            claimCommand(above.folder),
          ),
        ]),
  ];
}

function checkRoom(folder: string): readonly Row[] {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= LEAST_ROOM) return [];
  return [warning(CHECK, `${folder} has ${sizeText(bavail * bsize)} free`, `make room: df -h ${shellWord(folder)}`)];
}

function checkSize(file: string, stats: Stats | undefined): readonly Row[] {
  if (stats === undefined || stats.size <= MOST_SIZE) return [];
  const mend = `echo ${shellWord(rotationRule(file))} >/etc/logrotate.d/virt-warden`;
  return [warning(CHECK, `${file} has ${sizeText(stats.size)}, and nothing rotates it`, mend)];
}

function moveAway(path: string): string {
  return `mv ${shellWord(path)} ${shellWord(`${path}.old`)}`;
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
