import { withoutControls } from "../hook/printable.ts";
import type { Daemon } from "../install/daemons.ts";
import { DEFAULT_HOOKS_DIR, type Hook } from "../install/places.ts";
import { planReload } from "../install/reload-commands.ts";

/**
 * Says how to have libvirt's daemons look for hook scripts again. Nothing that is said here ends a guest.
 *
 * @param hooks those that count: every daemon runs the hook `daemon`, also one whose other hooks nobody has.
 */
export function printReload(hooksDir: string, hooks: readonly Hook[]): void {
  const { commands, elsewhere } = planReload(hooksDir, hooks);
  if (elsewhere.length > 0) console.log(`note: ${elsewhereText(elsewhere, hooksDir)}`);
  else if (hooksDir !== DEFAULT_HOOKS_DIR && commands.length === 0)
    console.log(`note: libvirt as it is packaged runs the hooks of ${DEFAULT_HOOKS_DIR} only`);
  if (commands.length === 0 && (elsewhere.length === 0 || hooksDir === DEFAULT_HOOKS_DIR)) {
    console.log("no daemon of libvirt's that runs these hooks is running: the next one to start looks for them");
  }
  if (commands.length === 0) return;
  console.log("libvirt looks for hooks when a daemon starts or reloads; have it look now, which ends no guest:");
  for (const command of commands) console.log(`  ${command}`);
}

/** Of daemons whose hooks are another folder's, such as those of containers. */
function elsewhereText(daemons: readonly Daemon[], hooksDir: string): string {
  const names = daemons.map(({ name, pid }) => `${name} (${pid})`).join(", ");
  const isOne = daemons.length === 1;
  if (hooksDir === DEFAULT_HOOKS_DIR)
    return `${names} ${isOne ? "has" : "have"} other files at ${DEFAULT_HOOKS_DIR}, as in a container`;
  return withoutControls(`${names} ${isOne ? "looks" : "look"} for hooks in ${DEFAULT_HOOKS_DIR}, not in ${hooksDir}`);
}
