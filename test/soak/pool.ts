import type { FailureKind, Finding } from "../../src/engine/decision.ts";

/** A finding as a policy makes it. */
type Found = Pick<Finding, "level" | "reason">;

/** A small policy, and what it is known to do wherever it runs. */
export interface PoolPolicy {
  readonly name: string;
  /** The body of its `check`. */
  readonly check: string;
  /** What it finds first, and where it does not flood all that it finds. */
  readonly finds?: readonly Found[];
  /** It finds that about guests alone that have this word in their name. */
  readonly onlyAbout?: "-marked";
  /** It goes on finding the like for ever, of which something is dropped. */
  readonly floods?: true;
  /** How it fails; more than one way where V8 decides by chance. */
  readonly fails?: readonly FailureKind[];
  /** Its process may end before it tells what was found. */
  readonly mayLoseFindings?: true;
}

const deny = (reason: string): Found => ({ level: "deny", reason });
const warn = (reason: string): Found => ({ level: "warn", reason });

/** Policies that do what they should. */
export const GOOD: readonly PoolPolicy[] = [
  { name: "allows", check: "" },
  {
    name: "reads-all",
    check: `if (JSON.stringify(domain).length < 100 || xml === undefined || xml.children.length === 0) deny("an empty document");`,
  },
  // would find a document that belongs to another decision
  { name: "knows-its-guest", check: `if (domain.name !== object) deny(\`\${domain.name} is not \${object}\`);` },
  { name: "logs", check: `log.info("seen", { disks: domain.devices?.disk.length ?? 0 });` },
  { name: "warns", check: `warn("an odd guest", { at: "name" });`, finds: [warn("an odd guest")] },
  { name: "denies", check: `deny("not on this host", { at: "name" });`, finds: [deny("not on this host")] },
  {
    name: "denies-marked",
    check: `if (object.includes("-marked")) deny("a marked guest");`,
    finds: [deny("a marked guest")],
    onlyAbout: "-marked",
  },
  {
    name: "denies-thrice",
    check: `for (const which of ["first", "second", "third"]) deny(\`the \${which} reason\`);`,
    finds: [deny("the first reason"), deny("the second reason"), deny("the third reason")],
  },
  { name: "denies-and-warns", check: `deny("bad"); warn("odd");`, finds: [deny("bad"), warn("odd")] },
];

/** Policies that fail, or try to be a nuisance, and are done at once. */
export const BAD: readonly PoolPolicy[] = [
  { name: "throws", check: `throw new Error("nothing there");`, fails: ["exception"] },
  {
    name: "denies-then-throws",
    check: `deny("bad before all"); throw new TypeError("and broken");`,
    finds: [deny("bad before all")],
    fails: ["exception"],
  },
  { name: "rejects", check: `void Promise.reject(new Error("nobody waited"));`, fails: ["exception"] },
  { name: "returns-promise", check: "return Promise.resolve() as never;", fails: ["invalid"] },
  { name: "returns-object", check: "return { allow: true } as never;", fails: ["invalid"] },
  {
    name: "denies-later",
    check: `void Promise.resolve().then(() => deny("thought of later"));`,
    finds: [deny("thought of later")],
  },
  {
    name: "denies-and-pollutes",
    check: `deny("polluted");
      Object.assign(Object.prototype, { toJSON: () => "allowed", level: "warn" });
      Object.assign(JSON, { stringify: () => "[]", parse: () => ({}) });
      Array.prototype.push = () => 0;`,
    finds: [deny("polluted")],
  },
  {
    name: "floods-denials",
    check: `for (let count = 1; count <= 500; count += 1) deny("reason " + count);`,
    finds: [deny("reason 1")],
    floods: true,
  },
  {
    name: "floods-warnings",
    check: `for (let count = 1; count <= 500; count += 1) warn("oddity " + count);`,
    finds: [warn("oddity 1")],
    floods: true,
  },
  { name: "floods-the-log", check: `for (let count = 1; count <= 500; count += 1) log.info("line " + count);` },
];

/** Policies that use up a limit. */
export const COSTLY: readonly PoolPolicy[] = [
  { name: "loops", check: "for (;;);", fails: ["timeout"] },
  {
    name: "denies-then-loops",
    check: `deny("bad before the loop"); for (;;);`,
    finds: [deny("bad before the loop")],
    fails: ["timeout"],
    mayLoseFindings: true,
  },
  {
    name: "is-stuck",
    check: "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);",
    fails: ["timeout"],
  },
  {
    name: "denies-then-is-stuck",
    check: `deny("bad before it is stuck"); Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1);`,
    finds: [deny("bad before it is stuck")],
    fails: ["timeout"],
    mayLoseFindings: true,
  },
  {
    name: "exhausts",
    check: "const all: unknown[] = []; for (;;) all.push(new Array(2 ** 16).fill(0));",
    fails: ["memory", "timeout"],
  },
  {
    name: "crashes",
    check: `const text = "x".repeat(2 ** 29 - 25); void text.charCodeAt(17); void /y/.test(text);`,
    fails: ["memory", "timeout"],
  },
];

/** A policy's source file. */
export function sourceOf({ name, check }: PoolPolicy): string {
  const names = ["deny", "domain", "log", "object", "warn", "xml"].filter((word) =>
    new RegExp(`\\b${word}\\b`).test(check),
  );
  return `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "${name}",
  check({ ${names.join(", ")} }) {
    ${check}
  },
});
`;
}
