import { chmod, mkdir, open, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The files of one version of a bundle, by name. */
export interface VersionFiles {
  readonly "policies.js": Uint8Array;
  readonly "manifest.json": string;
  readonly launch: string;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

/**
 * Makes a folder that everybody can read, whatever the umask, with those above it; one that is there stays as it is. Node's
 * own recursive mkdir never returns where the file system makes no folders, such as /proc.
 *
 * @param folder its absolute path.
 */
export async function makeFolder(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeFolder(above);
  try {
    await mkdir(folder, FOLDER_MODE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // another build may have been faster
    if (code === "EEXIST" && (await isFolder(folder))) return;
    if (code === "ENOENT" && (await isFolder(above))) throw new Error(`no folder can be made in ${above}`);
    throw error;
  }
  await chmod(folder, FOLDER_MODE);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw error;
  }
}

/** Writes the files to a new folder and has the disk keep them. */
export async function writeFiles(folder: string, files: VersionFiles): Promise<void> {
  for (const [name, contents] of Object.entries(files)) {
    await using handle = await open(join(folder, name), "wx", FILE_MODE);
    await handle.writeFile(contents);
    await handle.chmod(FILE_MODE);
    await handle.sync();
  }
  await chmod(folder, FOLDER_MODE);
  await syncFolder(folder);
}

/** Has the disk keep a folder's names. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}

/** Whether a folder holds just these contents. */
export async function holds(folder: string, files: VersionFiles): Promise<boolean> {
  try {
    for (const [name, contents] of Object.entries(files)) {
      const found = await readFile(join(folder, name));
      if (!found.equals(Buffer.from(contents))) return false;
    }
    return true;
  } catch {
    return false;
  }
}
