import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { buildFolder } from "../bundle/build.ts";
import { GUEST_UUID, guest, hookData, PORT } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { jsonLines, runCommand } from "./run-command.ts";

/** A policy that denies whatever it is asked, or does as a guest's title says. */
const policy = (name: string, on: string, title = "") => `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", on: [${on}], check({ xml, domain, deny }) {
  ${title}
  if (domain?.title !== "quiet") deny("no", { at: "title" });
} });
`;

const GUESTS = '"qemu/prepare", "qemu/started"';

/** Holds this much until its end. */
const HOLDING = `const held = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
  if (held.length === 0) return;`;

const LONG_NAME = "a-policy-whose-name-is-as-long-as-any-name-of-a-policy-can-be";

const folder = await makeFolder({
  "virt-warden.yaml": `limits: { time: 4s, memory: 256MiB }
rules:
  audited: { mode: audit }
  warning: { mode: warn }
  off: { mode: "off" }
  endless: { mode: audit }
  exempt: { exempt: [{ domain: "build-*", reason: old, expires: 2020-01-31 }, { uuid: ${GUEST_UUID}, reason: "${"a lab ".repeat(30).trim()}" }] }
  lapsed: { exempt: [{ domain: "we*", reason: old, expires: 2020-01-31 }, { domain: other, reason: old, expires: 2020-01-31 }] }
`,
  "policies/audited.ts": policy("audited", GUESTS),
  "policies/endless.ts": policy("endless", '"lxc/prepare"', "for (;;) {}"),
  "policies/exempt.ts": policy("exempt", '"qemu/prepare", "network/port-created"'),
  "policies/holding.ts": policy("holding", '"qemu/prepare"', HOLDING),
  "policies/lapsed.ts": policy("lapsed", '"qemu/prepare"'),
  "policies/long.ts": policy(LONG_NAME, GUESTS),
  "policies/off.ts": policy("off", GUESTS),
  "policies/warning.ts": policy("warning", '"qemu/prepare"'),
  "quiet.xml": guest("<title>quiet</title>"),
  "loud.xml": guest("<title>loud</title>"),
  "port.xml": hookData(PORT),
  "broken.xml":
    "<domain>\n  <name>a secret</name>\n  <graphics type='vnc' passwd='geheim99'><listen type=geheim98></graphics>\n</domain>",
  "number.xml": guest("<graphics type='vnc' passwd='geheim99'/>\n  <iothreads>07</iothreads>"),
});
const bundle = join(folder, "bundle");
await writeBundle(await buildFolder(folder), bundle);

const evaluate = (...words: string[]) => runCommand(["eval", "--bundle", "bundle", ...words], { cwd: folder });

interface Line {
  readonly status: number;
  readonly policies: readonly {
    readonly name: string;
    readonly mode: string;
    readonly why?: string;
    readonly memory?: number;
  }[];
}

/** The one object that `--json` prints, its policies by name. */
function explained(...words: string[]) {
  const [{ status, policies } = { status: -1, policies: [] }] = jsonLines<Line>(evaluate("--json", ...words).stdout);
  return { status, policies: new Map(policies.map((each) => [each.name, each])) };
}

test("of each policy, --json tells why it did not judge or has no effect, and what it took of the heap", () => {
  const { status, policies } = explained("loud.xml");
  assert.equal(status, 1);
  const reasons = [...policies.values()].map(({ name, mode, why }) => [name, mode, why]);
  assert.deepEqual(reasons, [
    ["audited", "audit", "mode audit: only logged"],
    ["endless", "audit", "watches lxc/prepare, not qemu/prepare"],
    ["exempt", "enforce", `exempt: ${"a lab ".repeat(30).trim()}`],
    ["holding", "enforce", undefined],
    ["lapsed", "enforce", "exemption of we* expired on 2020-01-31"],
    [LONG_NAME, "enforce", undefined],
    ["off", "off", "mode off"],
    ["warning", "warn", "mode warn: a denial is a warning"],
  ]);
  const memory = (name: string) => policies.get(name)?.memory ?? 0;
  assert.ok(memory("holding") > 10_000_000, "a million objects are in the heap");
  assert.ok(memory("lapsed") > 10_000 && memory("lapsed") < 10_000_000);
  assert.deepEqual([policies.get("endless")?.memory, policies.get("off")?.memory], [undefined, undefined]);
});

test("the guest of a network's port is the one that exemptions are for", () => {
  const { policies } = explained("--event", "network/port-created", "port.xml");
  assert.match(policies.get("exempt")?.why ?? "", /^exempt: a lab/);
});

test("a verdict is explained, also where nobody watches the event, or nothing heeds a refusal", () => {
  const why = (...words: string[]) =>
    evaluate(...words)
      .stdout.split("\n")
      .slice(1, 3);
  assert.deepEqual(why("loud.xml")[0], "  denied by holding, lapsed,");
  assert.deepEqual(why("quiet.xml")[0], "  6 of 8 policies watch qemu/prepare, and none refuses");
  assert.deepEqual(
    why("--event", "qemu/started", "loud.xml")[0],
    "  only logged: a refusal at qemu/started would end what runs",
  );
  assert.deepEqual(why("--event", "qemu/release", "loud.xml"), [
    "  no policy watches qemu/release: this event is always allowed",
    "  watched: qemu/prepare, qemu/started, lxc/prepare, network/port-created",
  ]);
});

test("a timeout refuses in every mode, and it is said", () => {
  const { status, stdout } = evaluate("--event", "lxc/prepare", "quiet.xml");
  assert.equal(status, 2);
  assert.match(stdout, /^ {2}refused: endless failed$/m);
  assert.match(
    stdout,
    /^ {4}mode audit: only logged\n {4}policy endless failed: timed out .*\(it refuses in\n? *every mode\)$/m,
  );
});

test("where a document is refused, its line is shown, and no secret in it", () => {
  const broken = evaluate("broken.xml");
  assert.equal(broken.status, 3);
  assert.match(broken.stdout, /\n {4}> 3 \| <graphics type='vnc' passwd='…'><listen type=…><\/graphics>\n/);
  const number = evaluate("number.xml");
  assert.equal(number.status, 3);
  assert.match(number.stdout, /\n {6}7 \|.*passwd='\*{8}'\/>\n {4}> 8 \|.*<iothreads>07<\/iothreads>\n/);
  assert.doesNotMatch(broken.stdout + number.stdout, /geheim|secret|not judged/);
});

test("--policy looks at one policy alone; one that is not there is wrong usage", () => {
  const { status, policies } = explained("--policy", "audited", "loud.xml");
  assert.deepEqual([status, [...policies.keys()]], [0, ["audited"]]);
  const wrong = evaluate("--policy", "audted", "loud.xml");
  assert.deepEqual([wrong.status, wrong.stdout], [64, ""]);
  assert.match(wrong.stderr, /^error: no policy is named audted; did you mean audited\?\n/);
});

test("everything fits 80 columns, whatever documents and names hold", () => {
  const long = "x".repeat(500);
  const hostile = guest(
    `<title a${long}='b' c='\u009b31m\u202e${long}'>${"😀".repeat(200)}</title>\n${" ".repeat(300)}<${long}/>`,
    long,
  );
  for (const words of [["-"], ["--policy", LONG_NAME, "-"], ["--event", "qemu/stopped", "-"]]) {
    const { stdout } = runCommand(["eval", "--bundle", bundle, ...words], { input: hostile });
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80 || /[^\P{Cc}]|\p{Cf}/u.test(line)),
      [],
    );
    assert.match(stdout, /^(?:ALLOW|DENY) {2}-(?: {2}|$)/m);
  }
});
