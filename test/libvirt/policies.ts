/** A policy that refuses guests without a title, at these events. */
export function titled(...events: readonly string[]): string {
  return `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "titled",
  description: "Guests have a title.",
  on: ${JSON.stringify(events)},
  check({ domain, deny }) {
    if (domain.title === undefined) deny("the guest has no title", { at: "title" });
  },
});
`;
}

/** A policy that never comes to an end for guests with the title `endless`. */
export const endless = `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "endless",
  on: ["qemu/prepare"],
  check({ domain }) {
    while (domain.title === "endless") continue;
  },
});
`;

/** A policy that refuses every guest at these events. */
export function denyAt(name: string, ...events: readonly string[]): string {
  return `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "${name}",
  on: ${JSON.stringify(events)},
  check({ event, deny }) {
    deny(\`nothing passes \${event}\`);
  },
});
`;
}

/** A policy that allows everything, and so has these events logged. */
export function watch(name: string, ...events: readonly string[]): string {
  return `import { definePolicy } from "virt-warden";

export default definePolicy({ name: "${name}", on: ${JSON.stringify(events)}, check() {} });
`;
}

/** A policy that refuses a network's port to guests with other names than these. */
export function ownersOnly(...names: readonly string[]): string {
  return `import { definePolicy } from "virt-warden";

const OWNERS: readonly string[] = ${JSON.stringify(names)};

export default definePolicy({
  name: "owners-only",
  on: ["network/port-created"],
  check({ port, deny }) {
    if (port && !OWNERS.includes(port.owner.name)) deny("the guest may not use this network", { at: "networkport/owner" });
  },
});
`;
}
