import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { daemonsOf } from "../install/daemons.ts";
import { DEFAULT_HOOKS_DIR } from "../install/places.ts";
import { installCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, skipped } from "./row.ts";

const CHECK = "AppArmor";

/** The one folder outside those of programs from which a confined daemon may execute. */
const ALLOWED = `${DEFAULT_HOOKS_DIR}/`;

/**
 * Whether AppArmor lets libvirt's daemons run the scripts. Their profiles allow what lies in the folder of hooks, and
 * programs of `/usr/bin` and the like, which leave the profile: our scripts leave by `/usr/bin/env`.
 *
 * @param scripts The paths of those that are installed.
 * @see src/security/apparmor/usr.sbin.libvirtd.in in libvirt's sources
 */
export function checkAppArmor(scripts: readonly string[], places: Pick<Places, "sys" | "bundle">): readonly Row[] {
  if (readText(join(places.sys, "module/apparmor/parameters/enabled"))?.trim() !== "Y")
    return [ok(CHECK, "not in use")];
  const profiles = readText(join(places.sys, "kernel/security/apparmor/profiles"));
  if (profiles === undefined) return [skipped(CHECK, "only root can see which profiles are loaded")];
  const loaded = confining(profiles);
  if (loaded.length === 0) return [ok(CHECK, "in use; it confines none of libvirt's daemons")];
  const outside = scripts.filter((script) => !realPath(script).startsWith(ALLOWED));
  if (outside.length > 0) {
    const install = installCommand({ ...places, hooksDir: DEFAULT_HOOKS_DIR });
    return outside.map((script) => {
      const detail = `the profile of ${loaded.join(", ")} forbids to run ${script}: it is not in ${ALLOWED}`;
      return fault(CHECK, detail, `let ${DEFAULT_HOOKS_DIR} be a folder, and no link, then ${install}`);
    });
  }
  return [ok(CHECK, `the profile of ${loaded.join(", ")} lets the scripts run, and leave by /usr/bin/env`)];
}

/** Names of the profiles that bind a daemon; older ones are named by its path. */
function confining(profiles: string): readonly string[] {
  const daemons = daemonsOf("daemon");
  return profiles
    .split("\n")
    .map((line) => /^(.*) \(enforce\)$/.exec(line)?.[1] ?? "")
    .filter(
      (name) => daemons.includes(name.slice(name.lastIndexOf("/") + 1)) && /^(\/usr)?(\/s?bin\/)?[\w-]+$/.test(name),
    );
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
