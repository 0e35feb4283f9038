import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Bundle, DEFAULT_BUNDLE } from "../bundle/bundle.ts";
import { launchOf } from "../bundle/launch.ts";
import { readBundle } from "../bundle/read-bundle.ts";
import { foreignFolder } from "../install/trust.ts";
import { type Problem, UserError } from "../user-error.ts";
import { buildCommand, claimCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, skipped } from "./row.ts";
import { shellWord } from "./shell-word.ts";

const CHECK = "bundle";

/** What is found of a bundle. */
export interface CheckedBundle {
  readonly rows: readonly Row[];
  /** Only where it is there and whole. */
  readonly bundle?: Bundle;
}

/** Whether the bundle is there, whole, of a format that this version reads, and nobody's but root's. */
export async function checkBundle(places: Pick<Places, "bundle" | "config">, isRoot: boolean): Promise<CheckedBundle> {
  const build = buildCommand(places);
  const dir = resolve(places.bundle);
  let bundle: Bundle;
  try {
    bundle = await readBundle(dir);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!isRoot && error.message.includes("EACCES")) return { rows: [skipped(CHECK, error.message)] };
    return { rows: error.problems.map((problem) => unreadable(problem, build)) };
  }
  const { manifest, digest } = bundle;
  const rows: Row[] = [];
  const above = foreignFolder(join(dir, "current"));
  if (above !== undefined) {
    const { folder, reason } = above;
    // what belongs to somebody is theirs, and root only in a folder of its own
    const isTheirs = lstatSync(folder).uid !== 0 && !`${folder}/`.startsWith(`${dir}/`);
    const mend = isTheirs
      ? `keep it in a folder of root's: ${buildCommand({ ...places, bundle: DEFAULT_BUNDLE })}, then virt-warden install`
      : claimCommand(folder);
    rows.push(fault(CHECK, `others than root can replace the bundle: of ${folder}, ${reason}`, mend));
  }
  if (launchOf(manifest, digest).watch.length === 0) {
    rows.push(
      fault(CHECK, "no policy of the bundle watches any event: nothing is judged", `write policies, then ${build}`),
    );
  }
  if (rows.length > 0) return { rows, bundle };
  const count = manifest.policies.length;
  const policies = `${count} ${count === 1 ? "policy" : "policies"}`;
  return { rows: [ok(CHECK, `${dir} is whole: ${digest.slice(0, 16)}, ${policies}`)], bundle };
}

/** A build takes what is there and equal for its own, so it mends nobody's ownership. */
function unreadable({ file, message }: Problem, build: string): Row {
  if (message.startsWith("cannot trust the bundle: ")) {
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
    const reason = isLink ? "it is a link" : "others than root may write to it";
    const mend = isLink ? `rm ${shellWord(file)}; ${build}` : claimCommand(file);
    return fault(CHECK, `${file}: cannot trust the bundle: ${reason}`, mend);
  }
  return fault(CHECK, `${file}: ${message.replace(/: run virt-warden build( again)?$/, "")}`, build);
}
