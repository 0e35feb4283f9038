import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import { GUEST, LAUNCHER } from "../support/launcher.ts";
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

/** Where a hostile policy is judged: its bundle, and the log that this names. */
export interface Place {
  readonly dir: string;
  readonly log: string;
}

/** How a hook is called: the program and its words before libvirt's, which are HOOK and the others, or the others alone. */
export interface Caller {
  readonly program: string;
  readonly words: readonly string[];
}

/** Puts a hostile policy into a bundle of its own, between the two honest ones. */
export async function placeFor(name: string, { bundle }: BuiltCollection): Promise<Place> {
  const folder = await makeFolder();
  const place = { dir: join(folder, "bundle"), log: join(folder, "decisions.log") };
  await writeBundle(deriveBundle(bundle, [HONEST[0], name, HONEST[1]], place.log), place.dir);
  return place;
}

/** Calls the launcher, where no service is known. */
export function coldCaller({ dir }: Place): Caller {
  return { program: LAUNCHER, words: ["hook", "--bundle", dir, "qemu"] };
}

/**
 * Has the real hook judge a guest at an operation.
 *
 * @param guest A name that no other process has in its command line at that time.
 */
export async function judge(
  { log }: Place,
  { program, words }: Caller,
  operation: Operation,
  guest: string = uniqueGuest(),
): Promise<Judged> {
  const before = await textOf(log);
  const document = GUEST.replace("web1", guest);
  const measured = await runMeasured([...words, guest, operation, "begin", "-"], document, guest, program);
  return { ...measured, operation, guest, log: (await textOf(log)).slice(before.length) };
}

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
