import type { Daemons } from "../install/find-daemons.ts";
import { hasHookFolders, type LibvirtVersion } from "../install/libvirt-version.ts";
import { installCommand } from "./mends.ts";
import { isDaemonFolder, otherFolder } from "./other-folder.ts";
import type { Places } from "./places.ts";
import { ok, type Row, skipped, warning } from "./row.ts";

/** Which libvirt is here, and what that means for hooks. */
export function checkVersion(version: LibvirtVersion | undefined): readonly Row[] {
  if (version === undefined) {
    const detail =
      "neither a daemon of libvirt's nor virsh was found that says its version; 6.5 or newer is taken for granted";
    return [warning("libvirt", detail, "install libvirt's daemon, such as the package libvirt-daemon-system")];
  }
  if (hasHookFolders(version)) return [ok("libvirt", `version ${version.text}`)];
  const detail = `version ${version.text} is older than 6.5: it runs one script a hook, and none of a folder such as qemu.d`;
  return [warning("libvirt", detail, "upgrade libvirt to 6.5 or newer, so that other scripts can lie beside this one")];
}

/** Which daemons run, as /proc tells: to connect to one could start it, or wait for it. */
export function checkDaemons(
  { own, others }: Daemons,
  places: Pick<Places, "proc" | "hooksDir" | "daemonHooks" | "bundle">,
  isRoot: boolean,
): readonly Row[] {
  if (!isRoot) return [skipped("daemons", "only root can see which hooks a daemon has")];
  const [other, ...more] = others;
  if (own.length === 0)
    return [other === undefined ? noneRuns(places) : otherFolder("daemons", [other, ...more], places)];
  const elsewhere =
    others.length === 0 ? "" : `; ${others.length} more have another folder of hooks than ${places.hooksDir}`;
  const isMonolithic = own.some(({ name }) => name === "libvirtd");
  const isModular = own.some(({ name }) => name !== "libvirtd");
  const list = own.map(({ name, pid }) => `${name} (${pid})`).join(", ");
  if (isMonolithic && isModular) {
    const detail = `${list}: libvirtd and modular daemons at once, which libvirt does not support${elsewhere}`;
    return [warning("daemons", detail, "disable the ones or the others, as https://libvirt.org/daemons.html says")];
  }
  return [ok("daemons", `${isMonolithic ? "monolithic" : "modular"}: ${list}${elsewhere}`)];
}

function noneRuns(places: Pick<Places, "hooksDir" | "daemonHooks" | "bundle">): Row {
  const { hooksDir, daemonHooks, bundle } = places;
  if (isDaemonFolder(places)) {
    const detail = `none runs; one that starts looks for hooks in ${hooksDir}`;
    return warning("daemons", detail, "systemctl start libvirtd; with modular daemons: systemctl start virtqemud");
  }
  const detail = `none runs, and one that starts looks for hooks in ${daemonHooks}, not in ${hooksDir}`;
  return warning("daemons", detail, installCommand({ hooksDir: daemonHooks, bundle }));
}
