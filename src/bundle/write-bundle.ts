import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readlink, realpath, rename, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { logger } from "../log/logger.ts";
import { UserError } from "../user-error.ts";
import type { Bundle } from "./bundle.ts";
import { formatLaunch, launchOf } from "./launch.ts";
import { withLock } from "./lock.ts";
import { refuseWritable } from "./refuse-writable.ts";
import { holds, makeFolder, syncFolder, type VersionFiles, writeFiles } from "./version-files.ts";

/** What a name in the bundle's folder begins with while it is being made. */
const UNFINISHED = ".new-";

/**
 * Puts a bundle in force: writes it as a version of its own, then switches the link `current` to it by one rename. Whatever
 * fails before that, the bundle in force stays. The version that was in force is kept, older ones are removed.
 *
 * @param dir the bundle's folder, created when missing.
 * @returns the version's folder.
 * @throws {UserError} when the folder cannot be written.
 */
export async function writeBundle(bundle: Bundle, dir: string): Promise<string> {
  const root = resolve(dir);
  try {
    const versions = join(root, "versions");
    await makeFolder(root);
    await makeFolder(versions);
    await refuseWritable(await realpath(root), versions);
    return await withLock(join(root, ".lock"), async () => {
      await removeUnfinished(root, versions);
      const name = await writeVersion(bundle, versions);
      const previous = await switchTo(name, root);
      if (previous !== name) await removeOthers(versions, [name, previous]);
      return join(versions, name);
    });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const hint = "run as a user who may write there, or name another folder with --out";
    throw new UserError([{ file: root, message: `cannot write the bundle: ${(error as Error).message}; ${hint}` }]);
  }
}

/** Writes the version beside the others, whole before it has its name; an equal one that is there already is used. */
async function writeVersion(bundle: Bundle, versions: string): Promise<string> {
  const files: VersionFiles = {
    "policies.js": bundle.code,
    "manifest.json": bundle.manifestText,
    launch: formatLaunch(launchOf(bundle.manifest, bundle.digest)),
  };
  const short = bundle.digest.slice(0, 16);
  const taken = new Set(await readdir(versions));
  let name = short;
  // a damaged version keeps its name: `current` may point at it, and must never point at nothing
  for (let count = 2; taken.has(name); count++) {
    if (await holds(join(versions, name), files)) return name;
    name = `${short}-${count}`;
  }
  const temporary = await mkdtemp(join(versions, UNFINISHED));
  try {
    await writeFiles(temporary, files);
    await rename(temporary, join(versions, name));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
  await syncFolder(versions);
  return name;
}

/** @returns the name of the version that was in force before. */
async function switchTo(name: string, root: string): Promise<string | undefined> {
  const current = join(root, "current");
  const target = `versions/${name}`;
  const old = await readlink(current).catch(() => undefined);
  if (old !== target) {
    const link = join(root, `${UNFINISHED}${randomBytes(6).toString("hex")}`);
    await symlink(target, link);
    try {
      await rename(link, current);
    } catch (error) {
      await rm(link, { force: true });
      throw error;
    }
    await syncFolder(root);
  }
  return old?.replace(/^versions\//, "");
}

/** What a build that was killed left behind; nobody else builds now. */
async function removeUnfinished(...folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (const name of await readdir(folder)) {
      if (name.startsWith(UNFINISHED)) await rm(join(folder, name), { recursive: true, force: true });
    }
  }
}

/** The new bundle is in force by now, so what cannot be removed does not fail the build. */
async function removeOthers(versions: string, kept: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(versions)) {
    if (kept.includes(name)) continue;
    const version = join(versions, name);
    await rm(version, { recursive: true, force: true }).catch((error: unknown) =>
      logger().warn({ err: error, version }, "cannot remove an old version of the bundle"),
    );
  }
}
