import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../user-error.ts";
import { foreignFolder, foreignFrom } from "./trust.ts";

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
  socket,
}: Readonly<Record<"hooksDir" | "bundle" | "launcher", string>> & { readonly socket: string | undefined }): void {
  for (const path of [hooksDir, bundle, launcher]) {
    if (/\p{Cc}/u.test(path))
      throw refusal(path, "its path has a line break or another control character: choose another");
  }
  // a socket's address has room for no more, and socat for no other characters
  if (socket !== undefined && !/^\/[\w./+@=-]{1,106}$/.test(socket)) {
    const message =
      "a socket's path has at most 107 characters, all of them letters, digits or ./+@=_-: choose another";
    throw refusal(socket, message);
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

/** What to say where somebody else could listen in the warm evaluator's place, and decide what root asks. */
export function warnAboutSocket(socket: string): readonly string[] {
  const found = foreignFrom(realpathSync(nearestFolder(dirname(socket))));
  if (found === undefined) return [];
  const { folder, reason } = found;
  return [
    `the scripts will ask whoever listens at ${socket}, and ${folder} is not root's alone: ${reason}; chown root and chmod go-w it`,
  ];
}

function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}

function refusal(file: string, message: string): UserError {
  return new UserError([{ file: JSON.stringify(file).slice(1, -1), message }]);
}
