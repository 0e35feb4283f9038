import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "../../support/process.ts";

/** What a run of tests could leave behind, by what it is: each thing is a line to be shown. */
export interface Surroundings {
  readonly process: ReadonlySet<string>;
  readonly namespace: ReadonlySet<string>;
  readonly mount: ReadonlySet<string>;
  readonly file: ReadonlySet<string>;
  readonly "control group": ReadonlySet<string>;
}

/** Folders that tests, hooks or libvirt put something in, and how deep they are looked into. */
const FOLDERS: Readonly<Record<string, number>> = {
  "/run": 3,
  "/etc/libvirt": 2,
  "/var/lib/libvirt": 2,
  "/var/cache/libvirt": 2,
  "/var/log/libvirt": 2,
  "/var/lib/virt-warden": 1,
  "/var/log/virt-warden": 1,
};

/** Folders that everybody uses. */
const SHARED = ["/tmp", "/dev/shm"];

/** What is in the name of all that the product and its tests make there. */
const OURS = "virt-warden";

const KINDS = ["mnt", "net", "pid", "ipc", "uts", "cgroup"];

/**
 * Sees what is there now.
 *
 * @param ancestor Whose descendants are looked at, this process left out: those whose parents ended are among them only
 * where it is the one that gets them (see PR_SET_CHILD_SUBREAPER).
 */
export function surroundings(ancestor: number): Surroundings {
  const processes = descendants(ancestor).filter((pid) => pid !== process.pid);
  return {
    process: new Set(processes.map((pid) => `${pid} ${readFile(pid, "cmdline").replaceAll("\0", " ").trim()}`)),
    namespace: new Set(processes.flatMap(foreignNamespaces)),
    mount: new Set(mounts()),
    file: new Set([
      ...Object.entries(FOLDERS).flatMap(([folder, depth]) => entriesOf(folder, depth)),
      ...SHARED.flatMap((folder) => entriesOf(folder, 1)).filter((path) => path.includes(OURS)),
    ]),
    "control group": new Set(foldersIn("/sys/fs/cgroup").filter((path) => path.includes(OURS))),
  };
}

/** What there is in one view and was not in an earlier one, a line each. */
export function newIn(now: Surroundings, earlier: Surroundings): readonly string[] {
  return (Object.keys(now) as (keyof Surroundings)[]).flatMap((kind) =>
    [...now[kind]].filter((each) => !earlier[kind].has(each)).map((each) => `${kind} ${each}`),
  );
}

/** A process's children with theirs, and so on. */
export function descendants(pid: number): number[] {
  const children = readFile(pid, `task/${pid}/children`).split(" ").filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** The namespaces of a process that are not this process's own. */
function foreignNamespaces(pid: number): string[] {
  return KINDS.flatMap((kind) => {
    try {
      const namespace = readlinkSync(`/proc/${pid}/ns/${kind}`);
      return namespace === readlinkSync(`/proc/self/ns/${kind}`) ? [] : [namespace];
    } catch {
      return [];
    }
  });
}

/** Where something is mounted, and what; a namespace that a file keeps is `nsfs`. */
function mounts(): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [, , , root, place] = line.split(" ");
      const [type, source] = line.slice(line.indexOf(" - ") + 3).split(" ");
      return `${place} (${type} ${source}${root})`;
    });
}

/** What is in a folder, and in folders in it down to a depth. */
function entriesOf(folder: string, depth: number): string[] {
  return entries(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() && depth > 1 ? [path, ...entriesOf(path, depth - 1)] : [path];
  });
}

function foldersIn(folder: string): string[] {
  return entries(folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...foldersIn(path)] : [];
  });
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
