import type { Difference } from "./difference.ts";
import type { Kind } from "./read-document.ts";

/** Something wrong with a document; its place is missing where it is the whole. */
export interface Failure extends Partial<Difference> {
  readonly file: string;
  readonly message: string;
}

/** What was counted so far. */
export class Tally {
  files = 0;
  ok = 0;
  /** Documents that the schemas do not allow, where schemas were given. */
  invalid = 0;
  /** Documents with a model that hold what libvirt's schema does not know. */
  unknown = 0;
  found = 0;
  missing = 0;
  compiled = 0;
  notCompiled = 0;
  /** Documents that were to be read. */
  readonly kinds: Map<Kind, number> = new Map();
  /** Other documents, by their root element. */
  readonly skipped: Map<string, number> = new Map();
  /** Files that are no document and seem not to be meant as one of ours. */
  readonly unread: Failure[] = [];
  readonly failures: Failure[] = [];
}

/** Counts one more. */
export function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
