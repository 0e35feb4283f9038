import { stat } from "node:fs/promises";
import { applyPlan } from "../src/install/apply-plan.ts";
import { scriptPath } from "../src/install/places.ts";
import { prepareInstall } from "../src/install/prepare-install.ts";
import { BenchError } from "./bench-error.ts";
import { LAUNCHER, type Site } from "./lab.ts";
import { runWell } from "./run.ts";

/** Writes the hook scripts into a folder, as `virt-warden install` does, and tells the path of the one for qemu. */
export async function installHooks(
  { hooks, bundle, socket }: Pick<Site, "bundle" | "socket"> & { readonly hooks: string },
  signal: AbortSignal,
): Promise<string> {
  if (process.getuid?.() === 0) {
    const words = [LAUNCHER, "install", "--hooks-dir", hooks, "--bundle", bundle, "--socket", socket];
    await runWell({ words }, signal);
  } else {
    // the command is for root alone; what it does is not
    await applyPlan((await prepareInstall(hooks, bundle, socket)).plan);
  }
  for (const hasFolders of [true, false]) {
    const path = scriptPath(hooks, "qemu", hasFolders);
    const isThere = await stat(path).then(
      (stats) => stats.isFile(),
      () => false,
    );
    if (isThere) return path;
  }
  throw new BenchError(`cannot find the installed hook script in ${hooks}`);
}
