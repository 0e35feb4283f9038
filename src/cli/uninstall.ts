import { resolve } from "node:path";
import type { Command } from "commander";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { planRemoval, type Removal, type Removed, remove } from "../install/uninstall.ts";
import { formatProblem } from "../user-error.ts";
import { pathOption } from "./path-option.ts";
import { printReload } from "./print-reload.ts";
import { problemText } from "./problem-text.ts";

interface UninstallOptions {
  readonly hooksDir: string;
  readonly dryRun?: true;
}

const EXAMPLE = `
Removes what virt-warden install wrote, and nothing else: policies, bundle and
log stay, and so do others' scripts. Guests start unchecked from then on.

Example:
  $ virt-warden uninstall
  removed  /etc/libvirt/hooks/qemu.d/zz-virt-warden`;

/** Adds the command `uninstall`. */
export function registerUninstall(program: Command): void {
  program
    .command("uninstall")
    .description("take the hook scripts away that virt-warden install wrote")
    .option("--hooks-dir <dir>", "libvirt's folder of hooks", pathOption, DEFAULT_HOOKS_DIR)
    .option("--dry-run", "only say what would be removed")
    .addHelpText("after", EXAMPLE)
    .action(({ hooksDir, dryRun }: UninstallOptions) => {
      process.exitCode = uninstall(resolve(hooksDir), dryRun === true);
    });
}

/** @returns the exit status. */
function uninstall(hooksDir: string, isDry: boolean): number {
  if (!isDry && process.getuid?.() !== 0) {
    console.error("virt-warden: only root can remove hooks: try sudo, or look first with --dry-run");
    return 1;
  }
  let removal: Removal;
  try {
    removal = planRemoval(hooksDir);
  } catch (error) {
    console.error(problemText(error, "cannot look here"));
    console.error("virt-warden: nothing was removed; the hooks are as they were");
    return 1;
  }
  const { scripts, breakGlass, left } = removal;
  if (scripts.length === 0) console.log(`virt-warden install wrote nothing in ${hooksDir}`);
  if (isDry)
    for (const path of [...scripts.map(({ path }) => path), ...breakGlass]) console.log(`would remove  ${path}`);
  const removed = isDry ? undefined : remove(removal);
  for (const path of removed?.paths ?? []) console.log(`removed  ${path}`);
  for (const path of left) console.log(`left     ${path}`);
  return removed === undefined ? 0 : report(hooksDir, removed);
}

/** @returns the exit status. */
function report(hooksDir: string, { hooks, problems }: Removed): number {
  for (const problem of problems) console.error(formatProblem(problem));
  if (hooks.length > 0)
    printReload(
      hooksDir,
      hooks.filter((hook) => hook !== "daemon"),
    );
  if (problems.length === 0) return 0;
  console.error("virt-warden: not all was removed; the scripts that are still there are still run");
  return 1;
}
