import { join } from "node:path";

/** The hooks that libvirt has, each a script of this name. */
export const HOOKS = ["daemon", "qemu", "lxc", "libxl", "bhyve", "network"] as const;

/** A hook of libvirt's. */
export type Hook = (typeof HOOKS)[number];

/** Where libvirt looks for hook scripts. */
export const DEFAULT_HOOKS_DIR = "/etc/libvirt/hooks";

/** What our script is called in a hook's folder: libvirt runs all of it in byte order, and ours must see the last word. */
export const SCRIPT_NAME = "zz-virt-warden";

/** Whether libvirt has a hook of this name. */
export function isHook(name: string): name is Hook {
  return (HOOKS as readonly string[]).includes(name);
}

/** The folder of a hook's scripts, which libvirt runs since 6.5. */
export function scriptFolder(hooksDir: string, hook: string): string {
  return join(hooksDir, `${hook}.d`);
}

/**
 * Where our script for a hook belongs.
 *
 * @param hasFolders whether libvirt runs what lies in `<hook>.d`; without that there is one script a hook.
 */
export function scriptPath(hooksDir: string, hook: string, hasFolders: boolean): string {
  return hasFolders ? join(scriptFolder(hooksDir, hook), SCRIPT_NAME) : join(hooksDir, hook);
}
