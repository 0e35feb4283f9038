import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Gives files the labels that SELinux' policy has for their places; without them libvirt may not run a hook. Does nothing
 * where SELinux is off.
 *
 * @param host the folder of SELinux' own file system and the folders of programs; a test has its own.
 * @returns what went wrong, in a line.
 */
export function restoreLabels(
  paths: readonly string[],
  host = { selinux: "/sys/fs/selinux", programs: ["/usr/sbin", "/sbin"] },
): string | undefined {
  if (!existsSync(join(host.selinux, "enforce")) || paths.length === 0) return undefined;
  const program = host.programs.map((folder) => join(folder, "restorecon")).find((file) => existsSync(file));
  const mend = "libvirt may not be allowed to run them";
  if (program === undefined) return `SELinux is on and restorecon is missing: install policycoreutils; ${mend}`;
  const { status, stderr } = spawnSync(program, [...paths], { encoding: "utf8" });
  return status === 0 ? undefined : `restorecon could not label the scripts: ${stderr.trim().split("\n")[0]}; ${mend}`;
}
