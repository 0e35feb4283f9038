import { readFileSync } from "node:fs";
import type { Kind } from "./policies.ts";

/** A guest that is started, and ended some time after. */
export interface ChaosGuest {
  readonly kind: Kind;
  /** No other guest of the run has it; all names of a kind are equally long, so that cut texts are alike. */
  readonly name: string;
  /** What libvirt passes to its hooks. */
  readonly document: string;
}

/** A call of libvirt's, its operation; the words after it are what libvirt gives. */
export type Operation = "migrate" | "prepare" | "start" | "started" | "stopped" | "release";

/** Each kind's document: any of the corpus, and one with a title where that is rewritten. */
const DOCUMENTS: Readonly<Record<Kind, string>> = {
  plain: "q35-desktop",
  warned: "disks-local",
  denied: "networking",
  late: "secure-boot",
  doomed: "disks-network",
  throwing: "character-devices",
  broken: "arm-virt",
  endless: "numa-hugepages",
  greedy: "host-devices",
  moving: "q35-desktop",
};

/** Makes the guest of a kind with this number, from 0 to 99,999; guests of a kind have the same document but for its name. */
export function guestOf(kind: Kind, index: number, tag: string): ChaosGuest {
  const name = `${tag}-${kind}-${String(index).padStart(5, "0")}`;
  const document = readFileSync(new URL(`../corpus/guests/${DOCUMENTS[kind]}.xml`, import.meta.url), "utf8");
  return { kind, name, document: document.replace(/<name>[^<]*<\/name>/, `<name>${name}</name>`) };
}

/** libvirt's words for an operation on a guest: HOOK is not among them. */
export function wordsFor({ name }: ChaosGuest, operation: Operation): string[] {
  const suboperation = operation === "stopped" || operation === "release" ? "end" : "begin";
  return [name, operation, suboperation, "-"];
}

/**
 * Calls the hooks as libvirt does for a guest's start and its end: a refused start is over at once, and its end is told
 * like any other.
 *
 * @param call Calls a hook, and gives its exit status.
 */
export async function startAndEnd(
  guest: ChaosGuest,
  call: (operation: Operation) => Promise<number | null>,
): Promise<void> {
  const coming: Operation[] = ["prepare", "start", "started"];
  if (guest.kind === "moving") coming.unshift("migrate");
  for (const operation of coming) {
    if ((await call(operation)) !== 0) break;
  }
  await call("stopped");
  await call("release");
}
