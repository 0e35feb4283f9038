import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import type { Places } from "./places.ts";
import { fault, ok, type Row, warning } from "./row.ts";
import { run } from "./run.ts";
import { shellWord } from "./shell-word.ts";

const CHECK = "SELinux";

/** What policies of SELinux call the files that hooks are run from. */
const HOOK_TYPE = "virt_hook_t";

/**
 * Whether SELinux lets libvirt's daemons run the scripts, and these the product.
 *
 * @param scripts The paths of those that are installed.
 */
export function checkSelinux(scripts: readonly string[], { sys, path }: Pick<Places, "sys" | "path">): readonly Row[] {
  const enforce = readText(join(sys, "fs/selinux/enforce"));
  if (enforce === undefined) return [ok(CHECK, "not in use")];
  if (enforce.trim() !== "1") return [ok(CHECK, "permissive: it forbids nothing")];
  const rows = [...checkBoolean(sys), ...scripts.flatMap((script) => checkContext(script, path))];
  return rows.length > 0 ? rows : [ok(CHECK, "enforcing; hooks run unconfined, and the scripts have their context")];
}

/** A confined hook can run neither the product nor its wall; the symptom is status 126. */
function checkBoolean(sys: string): readonly Row[] {
  // the value in force, then the one that waits to be
  const [current] = readText(join(sys, "fs/selinux/booleans/virt_hooks_unconfined"))?.trim().split(" ") ?? [];
  if (current === "1") return [];
  if (current === undefined) {
    const detail = "the policy has no boolean virt_hooks_unconfined, so hooks may be confined";
    return [warning(CHECK, detail, "look for what is denied: ausearch -m avc -c zz-virt-warden")];
  }
  const detail = "the boolean virt_hooks_unconfined is off: hooks run confined, and cannot run virt-warden";
  return [fault(CHECK, detail, "setsebool -P virt_hooks_unconfined on")];
}

/** matchpathcon knows what the policy says; without it there is the type that hooks usually have. */
function checkContext(script: string, path: readonly string[]): readonly Row[] {
  const context = run(["stat", "-c", "%C", script], path).stdout.trim();
  const isRight =
    findProgram("matchpathcon", path) === undefined
      ? context.split(":")[2] === HOOK_TYPE
      : run(["matchpathcon", "-V", script], path).status === 0;
  if (isRight) return [];
  const mend = `restorecon -v ${shellWord(script)}`;
  return [fault(CHECK, `${script} has the context ${context || "?"}, not that of hooks (${HOOK_TYPE})`, mend)];
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
