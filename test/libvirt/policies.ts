import { readFileSync } from "node:fs";

/** The source of a ready policy, one of the project's `policies/`. */
export function readyPolicy(name: string): string {
  return readFileSync(new URL(`../../policies/${name}.ts`, import.meta.url), "utf8");
}

/**
 * A policy of any kind.
 *
 * @param check The body of its `check(context)`.
 * @param parts More of its definition.
 */
export function policy(name: string, on: readonly string[], check: string, parts = ""): string {
  return `import { definePolicy } from "virt-warden";

export default definePolicy({ name: "${name}", on: ${JSON.stringify(on)}, ${parts} check(context) { ${check} } });
`;
}

/** A policy that refuses guests without a title, at these events. */
export function titled(...events: readonly string[]): string {
  const check = 'if (context.domain.title === undefined) context.deny("the guest has no title", { at: "title" });';
  return policy("titled", events, check, 'description: "Guests have a title.",');
}

/** A policy that never comes to an end for guests with the title `endless`. */
export const endless: string = policy(
  "endless",
  ["qemu/prepare"],
  'while (context.domain.title === "endless") continue;',
);

/** A policy that refuses every guest at these events. */
export function denyAt(name: string, ...events: readonly string[]): string {
  return policy(name, events, 'context.deny("nothing passes " + context.event);');
}

/** A policy that allows everything, and so has these events logged. */
export function watch(name: string, ...events: readonly string[]): string {
  return policy(name, events, "");
}

/** A policy that refuses a network's port to guests with other names than these. */
export function ownersOnly(...names: readonly string[]): string {
  const check = `const owners: readonly string[] = ${JSON.stringify(names)};
  const owner = context.port?.owner.name;
  if (owner !== undefined && !owners.includes(owner)) context.deny("the guest may not use this network", { at: "networkport/owner" });`;
  return policy("owners-only", ["network/port-created"], check);
}

/** A policy that refuses the guests with a title at these events, running ones included where `parts` says so. */
export function denyTitle(name: string, title: string, on: readonly string[], parts = ""): string {
  const check = `if (context.domain.title === ${JSON.stringify(title)}) context.deny(\`${title} may not \${context.operation}\`);`;
  return policy(name, on, check, parts);
}

/** Policies that fail at these events, each in its own way. */
export function failing(...on: readonly string[]): Readonly<Record<string, string>> {
  return {
    "throws.ts": policy("throws", on, 'throw new Error("thrown on purpose");'),
    "loops.ts": policy("loops", on, "for (;;) continue;"),
    "hoards.ts": policy(
      "hoards",
      on,
      'const hoard: string[][] = []; for (;;) hoard.push(new Array(1_000_000).fill("x"));',
    ),
  };
}
