import assert from "node:assert/strict";
import { relative } from "node:path";
import { test } from "node:test";
import { EVENTS } from "../../src/hook/events.ts";
import type { Event } from "../../typings/events.d.ts";
import { makeFolder } from "../support/folder.ts";
import { buildFolder } from "./build.ts";

/** What a build of these files warns of: `file:line:column: message`. */
async function warningsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await makeFolder({ "virt-warden.yaml": "", ...files });
  const { warnings } = await buildFolder(folder);
  return warnings.map(({ file, line, column, message }) => `${relative(folder, file)}:${line}:${column}: ${message}`);
}

/** A policy with this in its definition; `a` unless named. */
function policy(definition: string, name = "a"): string {
  return `import { definePolicy } from "virt-warden";\nexport default definePolicy({ name: "${name}", ${definition} });\n`;
}

const DENIES = 'check({ deny }) { deny("no"); }';

const LOGGED = "a denial there is only logged";

test("a denial at an event that libvirt ignores is warned of, at the event's line", async () => {
  const source = `import { definePolicy } from "virt-warden";

// "qemu/stopped" comes after the end
export default definePolicy({
  name: "a",
  on: [
    "qemu/prepare",
    // and "qemu/release" after that
    "qemu/stopped", 'qemu/release',
  ],
  check(context) {
    if (context.event === "qemu/release") context.deny("too late");
  },
});
`;
  assert.deepEqual(await warningsOf({ "policies/a.ts": source }), [
    `policies/a.ts:9:5: a denies at qemu/stopped, where libvirt ignores it: ${LOGGED}`,
    `policies/a.ts:9:21: a denies at qemu/release, where libvirt ignores it: ${LOGGED}`,
  ]);
});

test("a denial that would end what runs is warned of, unless the policy says that it means it", async () => {
  const on = 'on: ["lxc/reconnect", "network/started", "qemu/start"]';
  const files = {
    "policies/a.ts": policy(`${on},\n${DENIES}`),
    "policies/b.ts": policy(`${on}, whenRunning: "kill",\n${DENIES}`, "b"),
  };
  const mean = 'say whenRunning: "kill" to mean it';
  assert.deepEqual(await warningsOf(files), [
    `policies/a.ts:2:47: a denies at lxc/reconnect, where that would kill the running guest: ${LOGGED}; ${mean}`,
    `policies/a.ts:2:64: a denies at network/started, where that would take the network down: ${LOGGED}; ${mean}`,
  ]);
});

test("of all events, those at which a refusal stops what was asked for alone are not warned of", async () => {
  const all = Object.keys(EVENTS) as Event[];
  const warnings = await warningsOf({ "policies/a.ts": policy(`on: ${JSON.stringify(all)}, ${DENIES}`) });
  const warned = warnings.map((line) => / (?:at|watches) ([a-z-]+\/[a-z-]+),/.exec(line)?.[1]);
  assert.deepEqual(new Set(warned), new Set(all.filter((event) => EVENTS[event].nonZeroExit !== "refuses")));
});

test("a policy that cannot deny may watch any event", async () => {
  const check = 'check({ event, log }) { const deny = "deny"; log.info(deny, { event, text: "deny(1), deny." }); }';
  const all = JSON.stringify(Object.keys(EVENTS).filter((event) => event !== "qemu/attach"));
  assert.deepEqual(await warningsOf({ "policies/a.ts": `// deny({ deny })\n${policy(`on: ${all}, ${check}`)}` }), []);
});

test("a denial by what a policy imports counts, and events that come from elsewhere are located there", async () => {
  const files = {
    "shared/list.ts": 'export const LATE = [\n  "daemon/shutdown",\n] as const;\n',
    "shared/refuse.ts":
      'export function refuse(context: { deny(reason: string): void }): void {\n  context.deny("no");\n}\n',
    "policies/a.ts": `import { definePolicy } from "virt-warden";
import { LATE } from "../shared/list.ts";
import { refuse } from "../shared/refuse.ts";
export default definePolicy({ name: "a", on: LATE, check: (context) => refuse(context) as undefined });
`,
    "policies/b.ts": `import { definePolicy } from "virt-warden";
const hook = "daemon";
export default definePolicy({
  name: "b",
  on: [\`\${hook}/reload\`],
  check({ deny: no }) {
    no("no");
  },
});
`,
  };
  assert.deepEqual(await warningsOf(files), [
    `shared/list.ts:2:3: a denies at daemon/shutdown, where libvirt ignores it: ${LOGGED}`,
    `policies/b.ts:5:3: b denies at daemon/reload, where libvirt ignores it: ${LOGGED}`,
  ]);
});

test("whenRunning and rewrite without an event that has a use for them are warned of, at their own lines", async () => {
  const files = {
    "policies/a.ts": policy(`\n  whenRunning: "kill",\n  ${DENIES}`),
    "policies/b.ts": policy(
      `\n  on: ["qemu/prepare"],\n  check() {},\n  rewrite({ edit }) { edit.setText("title", "b"); }`,
      "b",
    ),
    "policies/c.ts": policy(
      'on: ["libxl/started", "libxl/migrate"], whenRunning: "kill", check() {}, rewrite() {}',
      "c",
    ),
  };
  assert.deepEqual(await warningsOf(files), [
    "policies/a.ts:3:3: whenRunning of a does nothing: it watches no event at which a denial ends what runs, such as qemu/started",
    "policies/b.ts:5:3: rewrite of b is never called: it watches none of qemu/migrate, qemu/restore, libxl/migrate",
  ]);
});

test("an event that libvirt never reports is warned of, whatever the policy does there", async () => {
  const files = {
    "policies/a.ts": policy('on: ["qemu/attach"], check() {}'),
    "policies/b.ts": policy(`on: ["qemu/attach"], whenRunning: "kill", ${DENIES}`, "b"),
  };
  assert.deepEqual(await warningsOf(files), [
    "policies/a.ts:2:47: a watches qemu/attach, at which libvirt never calls a hook",
    "policies/b.ts:2:47: b watches qemu/attach, at which libvirt never calls a hook",
    "policies/b.ts:2:63: whenRunning of b does nothing: it watches no event at which a denial ends what runs, such as qemu/started",
  ]);
});

test("of a policy that is off nothing is warned", async () => {
  const files = {
    "virt-warden.yaml": "rules: { a: { mode: off } }\n",
    "policies/a.ts": policy(`on: ["qemu/stopped", "qemu/attach"], whenRunning: "kill", ${DENIES}`),
  };
  assert.deepEqual(await warningsOf(files), []);
});
