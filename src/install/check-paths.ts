import { accessSync, constants } from "node:fs";
import { UserError } from "../user-error.ts";
import { foreignFolder } from "./trust.ts";

/**
 * Refuses paths that a hook script could not name.
 *
 * @param paths absolute.
 * @throws {UserError} for control characters, such as line breaks, and for a launcher that cannot be run.
 */
export function checkPaths({
  hooksDir,
  bundle,
  launcher,
}: Readonly<Record<"hooksDir" | "bundle" | "launcher", string>>): void {
  for (const path of [hooksDir, bundle, launcher]) {
    if (/\p{Cc}/u.test(path))
      throw refusal(path, "its path has a line break or another control character: choose another");
  }
  // env would take it for a variable
  if (launcher.includes("="))
    throw refusal(launcher, "no folder above the launcher may have = in its name: move virt-warden");
  try {
    accessSync(launcher, constants.X_OK);
  } catch {
    throw refusal(launcher, "the launcher cannot be run: install virt-warden again");
  }
}

/** What to say where somebody else could put another launcher into its place, which libvirt would run as root. */
export function warnAboutLauncher(launcher: string): readonly string[] {
  const found = foreignFolder(launcher);
  if (found === undefined) return [];
  const { folder, reason } = found;
  return [
    `libvirt will run ${launcher} as root, and ${folder} is not root's alone: ${reason}; chown root and chmod go-w it`,
  ];
}

function refusal(file: string, message: string): UserError {
  return new UserError([{ file: JSON.stringify(file).slice(1, -1), message }]);
}
