import assert from "node:assert/strict";
import { before, test } from "node:test";
import { runCommand } from "../cli/run-command.ts";
import { makeFolder } from "../support/folder.ts";

const POLICIES = {
  "virt-warden.yaml": `
limits: { time: 2s }
rules:
  listed-bridges:
    settings: { bridges: [br0] }
    exempt: [{ domain: "build-*", reason: "runners", expires: 2030-01-31 }]
  warns: { mode: warn }
`,
  "policies/listed-bridges.ts": `
import * as v from "valibot";
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "listed-bridges",
  on: ["qemu/prepare", "qemu/migrate"],
  settings: v.strictObject({ bridges: v.optional(v.array(v.string()), ["default"]) }),
  check({ domain, settings, deny, log }) {
    log.info("looked", { count: settings.bridges.length });
    for (const [index, nic] of (domain.devices?.interface ?? []).entries()) {
      if (nic.type !== "bridge" || nic.source?.bridge === undefined) continue;
      if (!settings.bridges.includes(nic.source.bridge)) {
        deny(\`bridge \${nic.source.bridge} is not listed\`, { at: \`devices/interface[\${index + 1}]/source/@bridge\` });
      }
    }
  },
});`,
  "policies/warns.ts": `
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "warns",
  check({ domain, warn, deny }) {
    if (domain.title === undefined) warn("no title");
    if (domain.description === "bad") deny("bad description", { at: "description" });
  },
});`,
  "policies/counts.ts": `
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "counts",
  needs: ["guests"],
  check({ host, now, deny, hook, extra, suboperation }) {
    deny(JSON.stringify([host.hostname, host.cpus, host.guests.map(({ name, starting }) => [name, starting]), now, hook, suboperation, extra]));
  },
});`,
  "policies/fails.ts": `
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "fails",
  check({ domain }) {
    if (domain.name === "loop") for (;;);
    if (domain.name === "memory") for (const all: string[][] = []; ; ) all.push(Array(1_000_000).fill(String(all.length)));
    if (domain.name === "throw") throw new Error("no");
  },
});`,
  "policies/ports.ts": `
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "ports",
  on: ["network/port-created"],
  check({ port, network, deny }) {
    deny(\`\${network.name} \${port.owner?.name} \${port.mac?.address}\`);
  },
});`,
  "policies/clock.ts": `
import { definePolicy } from "virt-warden";
const loaded = new Date();
export default definePolicy({
  name: "clock",
  on: ["lxc/start"],
  check({ now, deny }) {
    const [then, later] = [loaded.getTime() - now, Date.now() - now];
    if (then >= 0 && later >= then && later < 60_000) deny(\`\${new Date().toISOString()} \${Date().slice(0, 15)}\`);
  },
});`,
  "policies/moves.ts": `
import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "moves",
  on: ["qemu/migrate"],
  rewrite({ edit }) { edit.setText("title", "moved"); },
  check() {},
});`,
} as const;

const IMPORTS = `
import { changed, equal, guest, judge, judgeAll, network, ok, test, testEach } from "virt-warden/test";
import clock from "./clock.ts";
import counts from "./counts.ts";
import fails from "./fails.ts";
import listed from "./listed-bridges.ts";
import moves from "./moves.ts";
import ports from "./ports.ts";
import warns from "./warns.ts";
const bridge = (name: string) => \`<interface type='bridge'><source bridge='\${name}'/></interface>\`;
const devices = (...all: string[]) => guest(\`<devices>\${all.join("")}</devices>\`);
`;

const PASSING = `${IMPORTS}
test("settings are the schema's defaults, given ones, or the configured ones", () => {
  judge(listed, devices(bridge("default"))).allowed();
  judge(listed, devices(bridge("default")), { settings: { bridges: ["br1"] } }).denied("bridge default is not listed");
  judge(listed, devices(bridge("br0")), { settings: "configured" }).allowed();
  judge(listed, devices(bridge("default")), { settings: "configured", event: "qemu/migrate" }).denied();
});
test("denials are compared in their order, by text, pattern, place and policy", () =>
  judge(listed, devices(bridge("a"), bridge("default"), bridge("b"))).denied(
    { reason: /^bridge a/, at: "devices/interface[1]/source/@bridge", policy: "listed-bridges" },
    "bridge b",
  ));
test("logs are there", () => {
  const { logs } = judge(listed, guest()).allowed();
  equal(logs, [{ policy: "listed-bridges", level: "info", message: "looked", fields: { count: 1 } }]);
});
test("warnings, and denials in mode warn", () => {
  judge(warns, guest()).warned("no title").allowed();
  const verdict = judgeAll(guest("<description>bad</description><title>t</title>"), { host: { guests: [] } });
  ok(verdict.findings.some(({ policy, mode }) => policy === "warns" && mode === "warn"));
});
test("exemptions hold until their last day", () => {
  const build = guest(\`<devices>\${bridge("x")}</devices>\`, { name: "build-1" });
  judgeAll(build, { now: "2030-01-31T23:59:59Z" }).exempted("bridge x").denied({ policy: "counts" });
  judgeAll(build, { now: "2030-02-01T00:00:00Z" }).denied({ policy: "counts" }, "bridge x");
});
test("the clock shows the test's time, and goes on", () =>
  judge(clock, guest("", { type: "lxc" }), { now: "2031-05-06T12:13:14Z" }).denied(/^2031-05-06T12:1.* Tue May 06 2031$/));
test("host, guests, time and words are what the test says", () =>
  judge(counts, guest(), {
    host: { hostname: "h", cpus: 3, guests: [guest("", { name: "a", uuid: "11111111-2222-3333-4444-555555555555" }),
      { document: guest("", { name: "b", uuid: "11111111-2222-3333-4444-555555555556" }), starting: true }] },
    now: "2026-01-31T12:00:00Z", suboperation: "s", extra: "e",
  }).denied(JSON.stringify(["h", 3, [["a", false], ["b", true]], Date.parse("2026-01-31T12:00:00Z"), "qemu", "s", "e"])));
testEach("policies that fail", { loop: "timeout", memory: "memory", throw: "exception" } as const, (kind, name) =>
  judge(fails, guest("", { name })).failed({ kind, policy: "fails" }));
test("a failure's message", () => judge(fails, guest("", { name: "throw" })).failed("Error: no"));
test("networks' events", () => judge(ports, network("<name>lan</name>", "")).denied("lan web1 52:54:00:7b:35:93"));
test("documents are rewritten", () => {
  judge(moves, guest("<title>old</title>"), { event: "qemu/migrate" }).rewritten(/<title>moved<\\/title>/);
});
test("a document that nobody can read", () => equal(judge(listed, "<domain>").failed().error?.code, "malformed"));
test("documents with changes", () => {
  const title = changed(guest(), (edit) => edit.addElement("", { name: "title", children: ["t"] }));
  judge(warns, title).allowed();
  equal(judge(warns, title).findings, []);
});
test("names with what XML escapes", () => judge(warns, guest("", { name: "a&<'b" })).allowed());
`;

const FAILING = `${IMPORTS}
test("allowed", () => judge(listed, devices(bridge("x"))).allowed());
test("denied", () => judge(listed, guest()).denied("bridge"));
test("asserts nothing", () => { judge(listed, guest()); });
test("loops", () => { for (;;); });
test("settings", () => judge(listed, guest(), { settings: { bridge: [] } as never }).allowed());
test("promise", (() => Promise.resolve()) as never);
test("no such option", () => judge(listed, guest(), { hosts: {} } as never).allowed());
test("parts", () => judge(listed, guest("<devices>")).allowed());
test("other event", () => judge(listed, guest(), { event: "qemu/started" as never }).allowed());
`;

let folder: string;

before(async () => {
  folder = await makeFolder({
    ...POLICIES,
    "policies/passing.test.ts": PASSING,
    "more/failing.test.ts": FAILING.replaceAll('"./', '"../policies/'),
  });
});

test("what a test can ask and expect is what the engine decides", () => {
  const { status, stdout, stderr } = runCommand(["test", "policies"], { cwd: folder });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^policies\/passing\.test\.ts\n {2}✔ settings are the schema's defaults/);
  assert.match(stdout, /✔ policies that fail: memory/);
  assert.match(stdout, /\n\n16 passed in 1 file, [\d.]+ m?s\n$/);
});

test("a failing test says what was expected, what was found, in which line of the guest and of the policy", () => {
  const { status, stdout } = runCommand(["test", "more", "--timeout", "0.5"], { cwd: folder });
  assert.equal(status, 1);
  const [, ...failures] = stdout.split(/^✖ /m);
  assert.equal(
    failures[0]?.trimEnd(),
    `more/failing.test.ts: allowed
  expected it to be allowed, but it was denied for one reason
  at more/failing.test.ts:13:59
    deny by listed-bridges: bridge x is not listed
      recorded at policies/listed-bridges.ts:13:9
      at devices/interface[1]/source/@bridge
        5 |   <vcpu>2</vcpu>
        6 |   <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
      > 7 |   <devices><interface type='bridge'><source bridge='x'/></interface>
        8 | </domain>`,
  );
  const said = failures.slice(1).map((failure) => {
    const [head = "", ...lines] = failure.trimEnd().split("\n");
    const message = lines.filter((line) => /^ {2}(?!at |\s)/.test(line)).map((line) => line.trim());
    return `${head.replace(/^.*: /, "")}: ${message.join(" ")}`.replace(/ \d+ passed.*/, "");
  });
  assert.deepEqual(said, [
    'denied: expected it to be denied for "bridge", but it was allowed, with nothing found',
    "asserts nothing: it asserts nothing; end it with allowed(), denied(), warned() or failed() of what judge() gives",
    "loops: timed out after 0.5 s",
    'settings: judge(): listed-bridges does not take these settings: settings.bridge: Invalid key: Expected never but received "bridge"',
    "promise: it returns a promise; tests are synchronous",
    "no such option: judge() has no option hosts; it has event, suboperation, extra, host, now, settings",
    "parts: guest(): its parts are not well-formed XML: unexpected close tag",
    "other event: judge(): the policy does not watch qemu/started; it watches qemu/prepare, qemu/migrate",
  ]);
  assert.match(stdout, /\n0 passed, 9 failed in 1 file, /);
});

test("no line of what is said is wider than a terminal", () => {
  const { stdout } = runCommand(["test", "more", "--timeout", "0.5"], { cwd: folder });
  assert.deepEqual(
    stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
});

test("a filter takes tests by their names, and one that matches none is a failure", () => {
  const some = runCommand(["test", "policies", "--filter", "^policies that fail: (loop|throw)$"], { cwd: folder });
  assert.match(some.stdout, /\n2 passed in 1 file, /);
  const none = runCommand(["test", "--filter", "unicorn"], { cwd: folder });
  assert.deepEqual(
    [none.status, none.stdout, none.stderr],
    [1, "", "virt-warden: no test has a name that matches unicorn\n"],
  );
});

test("where there is no test, nothing passes", async () => {
  const empty = await makeFolder({
    "virt-warden.yaml": "",
    "policies/a.ts": POLICIES["policies/moves.ts"],
    "a-folder.test.ts/notes.txt": "",
  });
  const { status, stderr } = runCommand(["test"], { cwd: empty });
  assert.deepEqual([status, stderr], [1, `${empty}: there is no test here: no file *.test.ts\n`]);
  const file = runCommand(["test", "policies/a.ts"], { cwd: empty });
  assert.deepEqual([file.status, file.stderr], [1, "policies/a.ts: it is not a test: tests are named *.test.ts\n"]);
  const missing = runCommand(["test", "nowhere"], { cwd: empty });
  assert.deepEqual([missing.status, missing.stderr], [1, "nowhere: cannot find it: name a test, or a folder\n"]);
});

test("wrong usage is said so", () => {
  for (const words of [["--filter", "("], ["--timeout", "no"], [""]]) {
    assert.equal(runCommand(["test", ...words], { cwd: folder }).status, 64, words.join(" "));
  }
});

test("tests are type-checked with the policies, and import no more than they may", async () => {
  const wrong = await makeFolder({
    "virt-warden.yaml": "",
    "policies/moves.ts": POLICIES["policies/moves.ts"],
    "policies/moves.test.ts": `import { readFileSync } from "node:fs";
import { judge, test } from "virt-warden/test";
import text from "../../outside.xml";
import policy from "./moves.ts";
test("typo", () => judge(policy, "", { event: "qemu/migrat" }).alowed());
test("files", () => judge(policy, readFileSync(text, "utf8")).allowed());
`,
  });
  const { status, stderr } = runCommand(["test"], { cwd: wrong });
  assert.equal(status, 1);
  assert.match(stderr, /^policies\/moves\.test\.ts:1:30: tests cannot use Node's modules: node:fs; all that/m);
  assert.match(stderr, /^policies\/moves\.test\.ts:3:\d+: .*outside\.xml/m);
  assert.match(stderr, /^policies\/moves\.test\.ts:5:\d+: .*"qemu\/migrate"/m);
  assert.match(stderr, /^policies\/moves\.test\.ts:5:\d+: .*alowed/m);
});
