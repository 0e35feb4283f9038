import { policy } from "../libvirt/policies.ts";

const PREPARE = ["qemu/prepare"];
const ALL = ["qemu/prepare", "qemu/start", "qemu/started", "qemu/stopped", "qemu/release", "qemu/migrate"];

/** What a guest's name says it will meet; whatever is `plain` is allowed everywhere. */
export const KINDS = [
  "plain",
  "warned",
  "denied",
  "late",
  "doomed",
  "throwing",
  "broken",
  "endless",
  "greedy",
  "moving",
] as const;

export type Kind = (typeof KINDS)[number];

const when = (kind: Kind, statement: string) => `if (context.object.includes("-${kind}-")) ${statement}`;

/** Policies that do all that policies do, each to guests of a kind alone, by name. */
export const POLICIES: Readonly<Record<string, string>> = {
  // would find a document that belongs to another decision
  own: policy("own", ALL, 'if (context.domain.name !== context.object) context.deny("the guest of another");'),
  reads: policy(
    "reads",
    ALL,
    'context.log.info("seen", { disks: context.domain.devices?.disk.length ?? 0, size: JSON.stringify(context.xml).length });',
  ),
  warns: policy("warns", ALL, when("warned", 'context.warn("an odd guest", { at: "name" });')),
  denies: policy(
    "denies",
    PREPARE,
    when(
      "denied",
      'for (const which of ["first", "second"]) context.deny("the " + which + " reason", { at: "name" });',
    ),
  ),
  late: policy("late", ["qemu/start"], when("late", 'context.deny("not that far");')),
  ends: policy("ends", ["qemu/started"], when("doomed", 'context.deny("may not run");'), 'whenRunning: "kill",'),
  throws: policy("throws", ALL, when("throwing", 'throw new Error("lost in " + context.object);')),
  promises: policy("promises", PREPARE, when("broken", "return Promise.resolve() as never;")),
  loops: policy("loops", PREPARE, when("endless", "for (;;) continue;")),
  hoards: policy(
    "hoards",
    PREPARE,
    when("greedy", "for (const hoard: number[][] = []; ; ) hoard.push(new Array(2 ** 19).fill(0));"),
  ),
  renames: `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "renames",
  on: ["qemu/migrate"],
  check() {},
  rewrite({ object, edit }) {
    if (object.includes("-moving-")) edit.setText("title", "Moved here");
  },
});
`,
};

/** The limits of their bundle; the deadline in milliseconds. */
export const DEADLINE = 10_000;
export const LIMITS = `limits: { time: 1s, memory: 16MiB, deadline: ${DEADLINE}ms }\n`;
