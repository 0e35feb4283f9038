import { lstatSync, readFileSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { hasMark } from "../install/hook-script.ts";
import type { Hook } from "../install/places.ts";
import { foreignFolder, otherWriters } from "../install/trust.ts";
import { checkText } from "./check-script-text.ts";
import { claimCommand, installCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, skipped } from "./row.ts";
import { shellWord } from "./shell-word.ts";

/** What is found of a hook's script. */
export interface CheckedScript {
  readonly rows: readonly Row[];
  /** Whether install wrote what is there. */
  readonly isOurs: boolean;
  /** Whether it is without a fault. */
  readonly isSound: boolean;
}

/** Whether a hook's script is there, ours, and as install writes it. */
export function checkScript(hook: Hook, file: string, places: Pick<Places, "hooksDir" | "bundle">): CheckedScript {
  const check = `hook ${hook}`;
  let stats: Stats;
  let text: string;
  try {
    stats = lstatSync(file);
    text = stats.isFile() ? readFileSync(file, "utf8") : "";
  } catch (error) {
    return {
      rows: [unreadable(check, hook, file, error as NodeJS.ErrnoException, places)],
      isOurs: false,
      isSound: false,
    };
  }
  if (!stats.isFile()) {
    const row = fault(
      check,
      `${file} is not a regular file`,
      `move it out of ${dirname(file)}, then ${installCommand(places)}`,
    );
    return { rows: [row], isOurs: false, isSound: false };
  }
  const found = [...checkMode(check, file, stats), ...checkText(check, hook, file, text, places)];
  const rows = found.length > 0 ? found : [ok(check, `${file} is as virt-warden installs it`)];
  return { rows, isOurs: hasMark(text), isSound: rows.every(({ status }) => status !== "fault") };
}

function unreadable(
  check: string,
  hook: Hook,
  file: string,
  { code, message }: NodeJS.ErrnoException,
  places: Pick<Places, "hooksDir" | "bundle">,
): Row {
  if (code === "EACCES") return skipped(check, `only root can read ${file}`);
  const effect = hook === "daemon" ? "nobody knows when libvirt last looked for hooks" : "libvirt asks nobody";
  const detail =
    code === "ENOENT" || code === "ENOTDIR" ? `${file} is missing: ${effect}` : `cannot read it: ${message}`;
  return fault(check, detail, installCommand(places));
}

function checkMode(check: string, file: string, stats: Stats): readonly Row[] {
  const rows: Row[] = [];
  if ((stats.mode & 0o111) === 0) {
    const detail = `${file} is not executable: libvirt passes over it in silence`;
    rows.push(fault(check, detail, `chmod 0755 ${shellWord(file)}`));
  }
  const reason = otherWriters(stats);
  if (reason !== undefined) {
    const mend = `chown root:root ${shellWord(file)}; chmod 0755 ${shellWord(file)}`;
    rows.push(fault(check, `others than root can change ${file}: ${reason}`, mend));
  }
  const above = foreignFolder(file);
  if (above !== undefined) {
    const { folder, reason } = above;
    rows.push(fault(check, `others than root can replace ${file}: of ${folder}, ${reason}`, claimCommand(folder)));
  }
  return rows;
}
