import { dataLimit } from "../bundle/launch.ts";
import type { Manifest } from "../bundle/manifest.ts";

/** What a context that is ready takes of the process's data, in bytes, with as much garbage beside it. */
const EACH = 512 * 1024;

/** What frames and the texts in them take, in bytes. */
const TEXTS = 64 * 1024 * 1024;

/** The data limit, in bytes, of a warm evaluator's process. */
export function warmDataLimit({ policies, limits }: Manifest): number {
  return dataLimit(limits.memory) + EACH * policies.length + TEXTS;
}
