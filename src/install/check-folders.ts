import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { entryAt } from "./entry-at.ts";
import type { Plan } from "./plan.ts";
import { type ForeignFolder, foreignFolder, foreignFrom, otherWriters } from "./trust.ts";

/** What to say where somebody else could put scripts where libvirt runs them as root. */
export function warnAboutFolders({ hooksDir, writes, unchanged }: Plan): readonly string[] {
  const paths = [...writes.map(({ path }) => path), ...unchanged];
  const folders = new Set([hooksDir, ...paths.map((path) => dirname(path))]);
  const reasons = new Map([...folders].flatMap(foreignTo).map(({ folder, reason }) => [folder, reason]));
  return [...reasons].map(
    ([folder, reason]) =>
      `libvirt runs hooks below ${folder} as root, which is not root's alone: ${reason}; chown root and chmod go-w it`,
  );
}

/** Who else may change a folder of hooks: at most one. */
function foreignTo(folder: string): readonly ForeignFolder[] {
  const stats = entryAt(folder) && statSync(folder);
  // root makes it: what counts is where
  if (stats === undefined) return listed(foreignFrom(realpathSync(nearest(folder))));
  // a sticky one is no better: whatever else lies in it runs as well
  const reason = otherWriters(stats);
  return reason === undefined ? listed(foreignFolder(folder)) : [{ folder, reason }];
}

function listed(found: ForeignFolder | undefined): readonly ForeignFolder[] {
  return found === undefined ? [] : [found];
}

function nearest(folder: string): string {
  return entryAt(folder) === undefined ? nearest(dirname(folder)) : folder;
}
