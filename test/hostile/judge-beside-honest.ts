import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import { GUEST } from "../support/launcher.ts";
import type { BuiltCollection } from "./build-collection.ts";
import { deriveBundle } from "./derive-bundle.ts";
import { type Measured, runMeasured, uniqueGuest } from "./measure.ts";

/** The honest policies' names. */
export const HONEST = ["a-first", "z-last"] as const;

/** At `prepare` both honest policies deny; at `migrate` neither, so that the status is the hostile policy's own. */
export type Operation = "prepare" | "migrate";

/** A hook call with what it wrote to the decision log. */
export interface Judged extends Measured {
  readonly operation: Operation;
  /** The guest's name, in the call and in the document. */
  readonly guest: string;
  /** Everything that this call added to the log. */
  readonly log: string;
}

/** Has the real hook judge a guest by a hostile policy between the two honest ones, at each operation in turn. */
export async function judgeBesideHonest(
  name: string,
  { bundle }: BuiltCollection,
  operations: readonly Operation[],
): Promise<Judged[]> {
  const folder = await makeFolder();
  const log = join(folder, "decisions.log");
  const dir = join(folder, "bundle");
  await writeBundle(deriveBundle(bundle, [HONEST[0], name, HONEST[1]], log), dir);
  const judged: Judged[] = [];
  for (const operation of operations) {
    const before = await textOf(log);
    const guest = uniqueGuest();
    const words = ["hook", "--bundle", dir, "qemu", guest, operation, "begin", "-"];
    const measured = await runMeasured(words, GUEST.replace("web1", guest), guest);
    judged.push({ ...measured, operation, guest, log: (await textOf(log)).slice(before.length) });
  }
  return judged;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
