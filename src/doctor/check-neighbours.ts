import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { neighboursOf } from "../install/neighbours.ts";
import { type Hook, SCRIPT_NAME, scriptFolder } from "../install/places.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, warning } from "./row.ts";
import { shellWord } from "./shell-word.ts";

/**
 * What else lies where libvirt looks for a hook's scripts. What it runs after ours can change a document that was judged.
 *
 * @param isRewritten Whether some policy watches an event at which what a script prints becomes the document.
 */
export function checkNeighbours(
  hook: Hook,
  { hooksDir }: Pick<Places, "hooksDir">,
  isRewritten: boolean,
): readonly Row[] {
  const check = `hook ${hook}`;
  const folder = scriptFolder(hooksDir, hook);
  const run = neighboursOf(hooksDir, hook);
  const paths = run.map(({ path }) => path);
  const idle = [...entriesOf(hooksDir, hook), ...entriesOf(folder)].filter((path) => !paths.includes(path));
  const before = run.filter(({ isAfter }) => !isAfter).map(({ path }) => path);
  const after = run.filter(({ isAfter }) => isAfter).map(({ path }) => path);
  const notes = [
    ...listed("before ours libvirt runs", before),
    // nothing is decided at the daemon's hook
    ...listed("after ours libvirt runs", hook === "daemon" ? after : []),
    ...listed("libvirt does not run, as not executable:", idle),
  ];
  return [
    ...(hook === "daemon" ? [] : after.map((path) => afterOurs(check, path, isRewritten))),
    ...run
      .filter(({ isLeftover }) => isLeftover)
      .map(({ path }) =>
        warning(check, `${path} looks put aside, and libvirt runs it all the same`, `move it out of ${folder}`),
      ),
    ...(notes.length > 0 ? [ok(check, notes.join("; "))] : []),
  ];
}

function afterOurs(check: string, path: string, isRewritten: boolean): Row {
  const earlier = join(dirname(path), `50-${basename(path)}`);
  const mend = `give it a name before ${SCRIPT_NAME}: mv -n ${shellWord(path)} ${shellWord(earlier)}`;
  const detail = `libvirt runs ${path} after ours`;
  return isRewritten
    ? fault(check, `${detail}: at a migration or restore it can change what was judged`, mend)
    : warning(check, detail, mend);
}

function listed(what: string, paths: readonly string[]): readonly string[] {
  return paths.length === 0 ? [] : [`${what} ${paths.join(", ")}`];
}

/** The paths in a folder but our script's; only the one of a name, if one is given. */
function entriesOf(folder: string, name?: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((each) => each !== SCRIPT_NAME && (name === undefined || each === name))
      .map((each) => join(folder, each));
  } catch {
    return [];
  }
}
