import type { Declaration } from "./declaration.ts";

/** A type that the language itself needs, whatever becomes of the value with its name. */
const LANGUAGE = "Function";

/**
 * Leaves out what is not there, and what needs it: a member whose signature mentions what goes, a declaration that
 * cannot be without it, and interfaces that nothing but all those ever used.
 *
 * @param removed the names of values and types, and paths of members: `Date.prototype.toLocaleString`, `Error.isError`.
 */
export function leaveOut(declarations: readonly Declaration[], removed: readonly string[]): Declaration[] {
  const gone = new Set(removed.filter((name) => name !== LANGUAGE));
  const usedBefore = mentioned(declarations);
  let kept = declarations
    .filter(({ kind, name }) => !(kind === "value" ? removed.includes(name) : gone.has(name)))
    .flatMap((declaration) => withoutMembers(declaration, removed));
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    kept = kept.flatMap((declaration) => withoutMentions(declaration, gone));
    const used = mentioned(kept);
    const values = new Set(kept.filter(({ kind }) => kind === "value").map(({ name }) => name));
    const unused = (name: string) => usedBefore.has(name) && !used.has(name) && !values.has(name);
    kept = kept.filter(({ kind, name }) => kind !== "interface" || !unused(name));
    const left = new Set(kept.map(({ name }) => name));
    for (const { name } of declarations) if (!left.has(name)) gone.add(name);
  }
  return kept;
}

/** A declaration without the members that themselves are removed. */
function withoutMembers(declaration: Declaration, removed: readonly string[]): Declaration[] {
  const isInstance = !declaration.name.endsWith("Constructor");
  const owner = isInstance ? `${declaration.name}.prototype` : declaration.name.replace(/Constructor$/, "");
  return withMembers(
    declaration,
    declaration.members.filter(({ name }) => !removed.includes(`${owner}.${name}`)),
  );
}

/** What is left of a declaration: nothing where it mentions what is gone, or where all its members do. */
function withoutMentions(declaration: Declaration, gone: ReadonlySet<string>): Declaration[] {
  const stays = ({ mentions }: Pick<Declaration, "mentions">) => ![...mentions].some((name) => gone.has(name));
  if (!stays(declaration)) return [];
  return withMembers(declaration, declaration.members.filter(stays));
}

function withMembers(declaration: Declaration, members: Declaration["members"]): Declaration[] {
  if (members.length === declaration.members.length) return [declaration];
  return members.length === 0 ? [] : [{ ...declaration, members }];
}

/** What declarations mention of others. */
function mentioned(declarations: readonly Declaration[]): Set<string> {
  const names = new Set<string>();
  for (const { name, mentions, members } of declarations) {
    for (const part of [mentions, ...members.map((member) => member.mentions)]) {
      for (const mention of part) if (mention !== name) names.add(mention);
    }
  }
  return names;
}
