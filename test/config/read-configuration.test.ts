import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Configuration } from "../../src/config/configuration.ts";
import { readConfiguration } from "../../src/config/read-configuration.ts";
import { makeFolder } from "../support/folder.ts";
import { problemsOf } from "../support/problems.ts";

const POLICY = { "policies/a.ts": "" };

async function read(yaml: string, files: Record<string, string> = POLICY): Promise<Configuration> {
  const folder = await makeFolder({ "virt-warden.yaml": yaml, ...files });
  return readConfiguration(join(folder, "virt-warden.yaml"));
}

/** The problems of a configuration, without the file's name. */
async function problems(yaml: string, files: Record<string, string> = POLICY): Promise<string[]> {
  const folder = await makeFolder({ "virt-warden.yaml": yaml, ...files });
  const lines = await problemsOf(readConfiguration(join(folder, "virt-warden.yaml")), folder);
  return lines.map((line) => line.replace(/^virt-warden\.yaml:/, "").replaceAll(folder, "FOLDER"));
}

test("an empty configuration has every default", async () => {
  const { policies, limits, log, rules, folder } = await read("");
  assert.deepEqual(policies, [join(folder, "policies/a.ts")]);
  assert.deepEqual(limits, { time: 1000, memory: 33_554_432, deadline: 10_000 });
  assert.equal(log, "/var/log/virt-warden/decisions.log");
  assert.deepEqual(rules, []);
});

test("every key is read, whatever version of YAML the file names", async () => {
  const { limits, log, rules, folder } = await read(`%YAML 1.1
---
policies: [policies/*.ts]
limits: { time: 250ms, memory: 64MiB, deadline: 1.5s }
log: logs/decisions.log
rules:
  no-passthrough:
    mode: audit
    onError: allow
    settings: { allowed: [a, 5], when: 2027-01-31, switch: yes }
    exempt:
      - { domain: "build-*", reason: CI runners, expires: 2027-01-31 }
      - { uuid: 4DEA22B3-1d52-d8f3-2516-782e98ab3fa0, reason: old }
  other:
`);
  assert.deepEqual(limits, { time: 250, memory: 67_108_864, deadline: 1500 });
  assert.equal(log, join(folder, "logs/decisions.log"));
  const [first, second] = rules;
  assert.equal(first?.policy, "no-passthrough");
  assert.equal(first.mode, "audit");
  assert.equal(first.onError, "allow");
  assert.deepEqual(first.settings, { allowed: ["a", 5], when: "2027-01-31", switch: "yes" });
  assert.deepEqual(first.exempt, [
    { domain: "build-*", reason: "CI runners", expires: "2027-01-31", position: { line: 12, column: 9 } },
    { uuid: "4dea22b3-1d52-d8f3-2516-782e98ab3fa0", reason: "old", position: { line: 13, column: 9 } },
  ]);
  assert.deepEqual(
    [second?.policy, second?.mode, second?.onError, second?.settings],
    ["other", "enforce", "deny", undefined],
  );
});

test("a setting's place is that of its key, or of the nearest part around it", async () => {
  const { rules } = await read("rules:\n  p:\n    settings:\n      list:\n        - a\n        - b: 1\n");
  const at = (...path: (string | number)[]) => {
    const { line, column } = rules[0]?.locateSetting(path) ?? {};
    return [line, column];
  };
  assert.deepEqual(at("list", 1, "b"), [6, 11]);
  assert.deepEqual(at("list", 0), [5, 11]);
  assert.deepEqual(at("list", 7), [4, 7]);
  assert.deepEqual(at("missing"), [3, 5]);
});

test("a missing file is one clear line", async () => {
  const folder = await makeFolder();
  assert.deepEqual(await problemsOf(readConfiguration(join(folder, "none.yaml")), folder), [
    "none.yaml: cannot read the configuration: no such file; name another with --config",
  ]);
});

test("unknown keys name their line and the nearest key", async () => {
  assert.deepEqual(await problems("limit: {}\nrules:\n  p: { modes: warn, zzzzzz: 1 }\n"), [
    "1:1: unknown key limit in the configuration; did you mean limits?",
    "3:8: unknown key modes in rules.p; did you mean mode?",
    "3:21: unknown key zzzzzz in rules.p; known: mode, onError, settings, exempt",
  ]);
});

test("broken YAML names its line", async () => {
  const [first, ...rest] = await problems("log: /x\nrules: {\n  a: [\n");
  assert.match(first ?? "", /^4:1: cannot read YAML: .*flow/i);
  assert.ok(rest.every((line) => !line.includes("\n")));
  assert.match((await problems("log: /a\nlog: /b\n"))[0] ?? "", /^2:1: cannot read YAML: Map keys must be unique/);
  assert.match((await problems("log: !!what /a\n"))[0] ?? "", /^1:6: cannot read YAML: Unresolved tag/);
});

test("limits need units and a sane range", async () => {
  const unit = "must be a duration such as 250ms, 1s or 1m";
  assert.deepEqual(await problems("limits:\n  time: 5\n  memory: 32MB\n  deadline: 1h\n"), [
    `2:9: limits.time ${unit}`,
    "3:11: limits.memory must be a size such as 32MiB or 1GiB",
    `4:13: limits.deadline ${unit}`,
  ]);
  assert.deepEqual(await problems("limits: { time: 900ms, deadline: 999ms }\n"), [
    "1:34: limits.deadline must be from 1s to 10m",
  ]);
  assert.deepEqual(await problems("limits: { time: 1ms, memory: 2GiB, deadline: }\n"), [
    "1:17: limits.time must be from 10ms to 10m",
    "1:30: limits.memory must be from 8MiB to 1GiB",
    `1:36: limits.deadline ${unit}`,
  ]);
});

test("a policy's time is not longer than the deadline, also by default", async () => {
  assert.equal((await read("limits: { deadline: 1s }\n")).limits.deadline, 1000);
  const rest = "which the whole decision has: lower the one or raise the other";
  assert.deepEqual(await problems("limits:\n  deadline: 2s\n  time: 3s\n"), [
    `3:3: limits.time (3s) is longer than limits.deadline (2s), ${rest}`,
  ]);
  assert.deepEqual(await problems("limits:\n  time: 11s\n"), [
    `2:3: limits.time (11s) is longer than limits.deadline (10s), ${rest}`,
  ]);
});

test("an exemption needs one guest, a reason, and a day of the calendar", async () => {
  const yaml = `rules:
  p:
    exempt:
      - { reason: none }
      - { domain: a, uuid: 4dea22b3-1d52-d8f3-2516-782e98ab3fa0, reason: both }
      - { domain: a }
      - { domain: a, reason: b, expires: 2027-02-30 }
      - { domain: a, reason: b, expires: "31.01.2027" }
      - { uuid: 4dea, reason: b }
      - { domain: 12, reason: "" }
      - { domain: a, reason: b, until: 2027-01-01 }
      - text
`;
  const day = "must be a day of the calendar written YYYY-MM-DD";
  assert.deepEqual(await problems(yaml), [
    "4:9: rules.p.exempt[0] needs either domain or uuid: the guest that it is for",
    "5:9: rules.p.exempt[1] needs either domain or uuid: the guest that it is for",
    "6:9: rules.p.exempt[2] needs a reason",
    `7:42: rules.p.exempt[3].expires ${day}`,
    `8:42: rules.p.exempt[4].expires ${day}`,
    "9:17: rules.p.exempt[5].uuid must be a UUID such as 4dea22b3-1d52-d8f3-2516-782e98ab3fa0",
    '10:19: rules.p.exempt[6].domain must be text: write "12" in quotes',
    "10:31: rules.p.exempt[6].reason must be text, and not empty",
    "11:33: unknown key until in rules.p.exempt[7]; known: domain, uuid, reason, expires",
    "12:9: rules.p.exempt[8] must be a mapping of keys to values",
  ]);
});

test("rules and settings have the right shape", async () => {
  const yaml = `rules:
  a: { mode: deny, onError: yes }
  b: { settings: [1], exempt: {} }
  c: { settings: { big: 12345678901234567890, not: .nan } }
log: "a\\nb"
`;
  assert.deepEqual(await problems(yaml), [
    "2:14: rules.a.mode must be one of enforce, warn, audit, off",
    "2:29: rules.a.onError must be one of deny, allow",
    "3:18: rules.b.settings must be a mapping of keys to values",
    "3:31: rules.b.exempt must be a list",
    "4:25: rules.c.settings: 12345678901234567890 is too large to be exact: write it in quotes",
    "4:52: rules.c.settings: .nan is not a number that JSON can hold",
    "5:6: log must be a path without line breaks, control characters or spaces around it",
  ]);
  assert.deepEqual(await problems("- a\n"), ["1:1: the configuration must be a mapping of keys to values"]);
});

test("policies are found sorted, each once, without tests, declarations and hidden files", async () => {
  const files = { "policies/b.ts": "", "policies/a.ts": "", "policies/a.test.ts": "", "policies/x.d.ts": "" };
  const more = { "policies/.c.ts": "", "policies/notes.md": "", "deep/er/c.ts": "", "deep/node_modules/d.ts": "" };
  const yaml = "policies: [policies/*, ./policies/a.ts, deep/**/*.ts, none/*.ts]\n";
  const { policies, folder } = await read(yaml, { ...files, ...more });
  assert.deepEqual(
    policies,
    ["deep/er/c.ts", "policies/a.ts", "policies/b.ts"].map((name) => join(folder, name)),
  );
});

test("policies are found through links", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "", "elsewhere/a.ts": "" });
  await symlink("elsewhere", join(folder, "policies"));
  const { policies } = await readConfiguration(join(folder, "virt-warden.yaml"));
  assert.deepEqual(policies, [join(folder, "policies/a.ts")]);
});

test("no policy found names the line of the list", async () => {
  assert.deepEqual(await problems("log: /x\npolicies: [other/*.ts, more/*.ts]\n"), [
    "2:1: no policy found: other/*.ts, more/*.ts matches no policy file in FOLDER",
  ]);
  assert.deepEqual(await problems("", {}), ["1:1: no policy found: policies/*.ts matches no policy file in FOLDER"]);
  assert.deepEqual(await problems("policies: []\n"), [
    "1:1: no policy found: an empty list matches no policy file in FOLDER",
  ]);
});

test("a policy that is named but not there, or not TypeScript, is a problem although others are found", async () => {
  const yaml = 'policies:\n  - policies/*.ts\n  - policies/none.ts\n  - policies/b.*\n  - "!policies/a.ts"\n';
  assert.deepEqual(await problems(yaml, { ...POLICY, "policies/b.js": "" }), [
    "3:5: no policy found: there is no policy file policies/none.ts in FOLDER",
    "4:5: policies/b.* matches policies/b.js, which is not a policy: policies are TypeScript files named *.ts",
    "5:5: policies must be a list of glob patterns, such as policies/*.ts; none begins with !",
  ]);
});

test("aliases stand for what they name, and a wrong one is a problem", async () => {
  const { rules } = await read("rules:\n  a: &same { mode: warn, settings: { x: 1 } }\n  b: *same\n");
  assert.deepEqual(
    rules.map(({ mode, settings }) => [mode, settings]),
    [
      ["warn", { x: 1 }],
      ["warn", { x: 1 }],
    ],
  );
  assert.deepEqual(await problems("limits: *none\n"), ["1:9: no anchor &none stands before this alias"]);
  const [circle] = await problems("rules:\n  a:\n    settings: &self\n      x: *self\n");
  assert.match(circle ?? "", /^4:7: rules\.a\.settings cannot be read: /);
});
