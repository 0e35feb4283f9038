import { link, mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { syncFolder } from "../bundle/version-files.ts";
import { ASIDE, asideOf } from "./aside.ts";
import { SCRIPT_MODE } from "./installed-scripts.ts";
import type { Plan } from "./plan.ts";

/** How to take a step back. */
type Undo = () => Promise<void>;

/**
 * Does what a plan says: all of it, or nothing. Every script is whole before it gets its name, and until then what was
 * there is in force; where a step fails, the steps before it are taken back.
 *
 * @throws Error of the file system, after everything is as it was.
 */
export async function applyPlan(plan: Plan): Promise<void> {
  const undo: Undo[] = [];
  const aside: string[] = [];
  try {
    for (const folder of plan.folders) {
      await mkdir(folder, { mode: SCRIPT_MODE });
      undo.push(() => rmdir(folder));
    }
    await removeLeftovers(plan.hooksDir);
    const ready: { readonly path: string; readonly file: string }[] = [];
    for (const { path, text } of plan.writes) {
      const file = asideOf(plan.hooksDir);
      aside.push(file);
      await writeScript(file, text);
      ready.push({ path, file });
    }
    for (const { path, file } of ready) {
      undo.push(await keep(path, plan.hooksDir, aside));
      await rename(file, path);
    }
    for (const path of plan.removes) {
      undo.push(await keep(path, plan.hooksDir, aside));
      await rm(path);
    }
    for (const folder of changedFolders(plan)) await syncFolder(folder);
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  } finally {
    for (const file of aside) await rm(file, { force: true });
  }
}

async function writeScript(file: string, text: string): Promise<void> {
  await using handle = await open(file, "wx", SCRIPT_MODE);
  await handle.writeFile(text);
  await handle.chmod(SCRIPT_MODE);
  // a folder can give its group to what is made in it
  if (process.getuid?.() === 0) await handle.chown(0, 0);
  await handle.sync();
}

/** Gives what is at a path a second name, and tells how to bring it back. */
async function keep(path: string, hooksDir: string, aside: string[]): Promise<Undo> {
  const file = asideOf(hooksDir);
  try {
    await link(path, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return () => rm(path, { force: true });
  }
  aside.push(file);
  return () => rename(file, path);
}

/** What an install that was killed left behind. */
async function removeLeftovers(hooksDir: string): Promise<void> {
  for (const name of await readdir(hooksDir)) {
    if (ASIDE.test(name)) await rm(join(hooksDir, name), { force: true });
  }
}

function changedFolders({ hooksDir, writes, removes }: Plan): ReadonlySet<string> {
  return new Set([hooksDir, ...writes.map(({ path }) => dirname(path)), ...removes.map((path) => dirname(path))]);
}
