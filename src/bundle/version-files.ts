import { chmod, mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The files of one version of a bundle, by name. */
export interface VersionFiles {
  readonly "policies.js": Uint8Array;
  readonly "manifest.json": string;
  readonly launch: string;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

/** Makes a folder that everybody can read, whatever the umask; one that is there stays as it is. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: FOLDER_MODE });
  if (first !== undefined) await chmod(folder, FOLDER_MODE);
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
