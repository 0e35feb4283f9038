import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";

const ROOT = "/sys/fs/cgroup";

/** The controllers without which libvirt starts no container. @see virLXCProcessStart in libvirt's src/lxc/lxc_process.c */
const NEEDED: readonly string[] = ["cpuacct", "devices", "memory"];

/** Those of them that version 2 still has; what the others did comes with every group there. */
const NEEDED_OF_VERSION_2: readonly string[] = ["memory"];

/** libvirt's program that holds a container, on Debian and on Fedora. */
const HOLDERS = ["/usr/lib/libvirt/libvirt_lxc", "/usr/libexec/libvirt_lxc"];

/** A control group in which others can be made. */
interface ControlGroup {
  /** `cgroup2`, or for version 1 the controllers as mount(8) takes them: `cpu,cpuacct`. */
  readonly hierarchy: string;
  readonly folder: string;
}

/** The control groups of a private host; libvirt's own for containers lie below them. */
export interface ControlGroups {
  /** `HIERARCHY=FOLDER` for each, as `namespace.sh` takes them. */
  readonly words: readonly string[];
  /** Removes them with all below; no process may be left in any. */
  remove(): void;
}

/**
 * Tells why a private host cannot run containers here; `false` where it can.
 *
 * @throws {Error} Where something is missing and `CI` is set: there, these tests must run.
 */
export function missingForContainers(): string | false {
  const missing = whatIsMissing();
  if (missing && process.env.CI) throw new Error(`Cannot run the tests of containers: ${missing}`);
  return missing;
}

function whatIsMissing(): string | false {
  if (!HOLDERS.some(existsSync)) {
    return "libvirt's LXC driver not found: apt-get install --no-install-recommends libvirt-daemon-driver-lxc";
  }
  if (!existsSync("/dev/fuse")) return "containers need /dev/fuse: modprobe fuse";
  return findParents().length > 0
    ? false
    : `containers need control groups with ${NEEDED.join(", ")} (version 1) or memory (version 2) in ${ROOT}`;
}

/** Makes groups of this name. */
export function makeControlGroups(name: string): ControlGroups {
  const groups = findParents().map(({ hierarchy, folder }) => ({ hierarchy, folder: join(folder, name) }));
  for (const { folder } of groups) mkdirSync(folder);
  return {
    words: groups.map(({ hierarchy, folder }) => `${hierarchy}=${folder}`),
    remove() {
      for (const { folder } of groups) removeGroup(folder);
    },
  };
}

/** The groups below which a host's can be made; none where something needed is not there. */
function findParents(): readonly ControlGroup[] {
  const own = ownGroups();
  const controllers = own.flatMap(({ hierarchy }) => hierarchy.split(","));
  if (NEEDED.every((controller) => controllers.includes(controller))) return own;
  // only the root may have processes and hand controllers on
  const handedOn = join(ROOT, "cgroup.subtree_control");
  const available = existsSync(handedOn) ? readFileSync(handedOn, "utf8").trim().split(" ") : [];
  const isEnough = NEEDED_OF_VERSION_2.every((controller) => available.includes(controller));
  return isEnough ? [{ hierarchy: "cgroup2", folder: ROOT }] : [];
}

/** The groups of version 1 that this process is in, of the needed controllers. Their limits hold below them, too. */
function ownGroups(): ControlGroup[] {
  // `4:memory:/some/group`
  const placements = readFileSync("/proc/self/cgroup", "utf8").matchAll(/^\d+:([^:=\n]+):(.*)$/gm);
  return [...placements].flatMap(([, hierarchy = "", place = ""]) => {
    if (!hierarchy.split(",").some((controller) => NEEDED.includes(controller))) return [];
    const folder = join(ROOT, hierarchy, place);
    return existsSync(join(folder, "cgroup.procs")) ? [{ hierarchy, folder }] : [];
  });
}

/** A group's files go with it; only groups below must go before. */
function removeGroup(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) removeGroup(path);
  }
  rmdirSync(folder);
}
