import { dirname, join, resolve } from "node:path";
import { type HookScript, hasMark, hookScript, readHookScript } from "../install/hook-script.ts";
import type { Hook } from "../install/places.ts";
import { isSameFile } from "../install/same-file.ts";
import { foreignFolder } from "../install/trust.ts";
import { productRoot } from "../product.ts";
import { isExecutable } from "./find-program.ts";
import { doctorCommand, installCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, type Row, warning } from "./row.ts";

/** Whether a script's text is what install writes, for this hook and bundle, and what it calls is there. */
export function checkText(
  check: string,
  hook: Hook,
  file: string,
  text: string,
  places: Pick<Places, "hooksDir" | "bundle">,
): readonly Row[] {
  const script = readHookScript(text);
  const install = installCommand(places, script?.warm?.socket);
  if (script === undefined) {
    return hasMark(text)
      ? [fault(check, `${file} is damaged: it is not whole any more`, install)]
      : [fault(check, `${file} is not virt-warden's`, `move it out of ${dirname(file)}, then ${install}`)];
  }
  const rows: Row[] = [];
  if (script.hook !== hook) {
    rows.push(fault(check, `${file} is the script of the ${script.hook} hook`, install));
  } else if (!isCurrent(script, text)) {
    rows.push(fault(check, `${file} is not what this version installs: it is older, or was changed`, install));
  }
  if (resolve(script.bundle) !== resolve(places.bundle)) {
    const detail = `${file} judges by the bundle in ${script.bundle}, not by that in ${places.bundle}`;
    rows.push(fault(check, detail, `${install}, or ${doctorCommand({ ...places, bundle: script.bundle })}`));
  }
  return [...rows, ...checkLauncher(check, script.launcher, install)];
}

function checkLauncher(check: string, launcher: string, install: string): readonly Row[] {
  if (!isExecutable(launcher)) {
    const detail = `${launcher}, which the script calls, is missing or not executable: every admission is refused`;
    return [fault(check, detail, `install virt-warden again, then ${install}`)];
  }
  const above = foreignFolder(launcher);
  if (above !== undefined) {
    const { folder, reason } = above;
    const mend = `move virt-warden to a folder of root's, such as /opt, then ${install}`;
    return [warning(check, `others than root can replace ${launcher}, which root runs: of ${folder}, ${reason}`, mend)];
  }
  const own = join(productRoot, "bin/virt-warden");
  if (isSameFile(launcher, own)) return [];
  return [warning(check, `the script calls ${launcher}; this is ${own}`, install)];
}

function isCurrent(script: HookScript, text: string): boolean {
  try {
    return hookScript(script) === text;
  } catch {
    return false;
  }
}
