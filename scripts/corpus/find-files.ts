import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The files to read: those named, and under folders, however deep, those whose names end in `.xml`; each file once,
 * whatever links lead to it. Links to folders are not followed.
 *
 * @throws Error of the file system when one of the paths is not there or cannot be listed.
 */
export function findFiles(paths: readonly string[]): string[] {
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]));
  return [...new Map(files.map((file) => [realPath(file), file])).values()];
}

/** Folder by folder: `readdirSync`'s own recursion follows links to folders, which can lead in circles. */
function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith(".xml") && !isFolder(path) ? [path] : [];
  });
}

/** No for a link that leads nowhere: that it cannot be read is for the report. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** The path itself for a link that leads nowhere. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
