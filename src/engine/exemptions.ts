import type { Exemption } from "../bundle/manifest.ts";

/** The guest that an event is about. */
export interface Subject {
  readonly name?: string;
  readonly uuid?: string;
}

/**
 * Finds the exemption that holds for a guest today.
 *
 * @param now The day counts in UTC, the last one included.
 */
export function findExemption(
  exemptions: readonly Exemption[],
  subject: Subject | undefined,
  now: Date = new Date(),
): Exemption | undefined {
  if (subject === undefined) return undefined;
  const today = now.toISOString().slice(0, 10);
  return exemptions.find((each) => (each.expires === undefined || today <= each.expires) && matches(each, subject));
}

function matches(exemption: Exemption, subject: Subject): boolean {
  if (exemption.uuid !== undefined) return exemption.uuid.toLowerCase() === subject.uuid?.toLowerCase();
  return exemption.domain !== undefined && subject.name !== undefined && matchesGlob(exemption.domain, subject.name);
}

/** Matches `*` and `?` over a whole name, in time linear in the name for each star. */
export function matchesGlob(glob: string, text: string): boolean {
  // by characters, so that ? is one of them
  const [pattern, name] = [[...glob], [...text]];
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < name.length; ) {
    if (pattern[at] === "*") {
      star = at++;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}
