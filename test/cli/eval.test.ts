import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { buildFolder } from "../bundle/build.ts";
import { guest, hookData } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { jsonLines, runCommand, runCut, runInScript } from "./run-command.ts";

/** A policy that judges guests by their title. */
const BY_TITLE = `import { definePolicy } from "virt-warden";
import { fail } from "../shared/fail.ts";
export default definePolicy({
  name: "by-title",
  on: ["qemu/prepare", "qemu/started"],
  check({ domain, deny, warn }) {
    if (domain.title === "warn") warn("a warning", { at: "title" });
    if (domain.title === "deny") deny("a denial", { at: "title" });
    if (domain.title === "colour") deny("\\u001b[31mred\\u202e", { at: "title" });
    if (domain.title === "fail") fail("a failure");
    if (domain.title === "forge") fail("\\u001b[2J\\nALLOW" + " ".repeat(70) + "virt-warden: denied by networks: no");
  },
});
`;

/** A file that a policy imports; it throws in line 3. */
const FAIL = `/** Fails. */
export function fail(message: string): never {
  throw new Error(message);
}
`;

const LENIENT = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "lenient", on: ["qemu/migrate"], check({ warn }) {
  warn("before");
  throw new RangeError("odd");
} });
`;

const EXEMPTING = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "exempting", on: ["qemu/prepare"], check({ domain, deny }) {
  if (domain.title === "exempt") deny("not you");
} });
`;

const NETWORKS = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "networks", on: ["network/start"], check({ deny }) { deny("no networks"); } });
`;

const RENAMING = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "renaming",
  on: ["qemu/restore"],
  check() {},
  rewrite({ domain, edit }) {
    if (domain.title !== "rewrite") return;
    edit.setText("title", "another");
    edit.addElement("", { name: "description", children: ["red"] });
  },
});
`;

const document = (title: string) => guest(`<title>${title}</title>`);

const folder = await makeFolder({
  "virt-warden.yaml": `rules:
  exempting: { exempt: [{ domain: web1, reason: a lab, expires: 2999-12-31 }] }
  lenient: { onError: allow }
`,
  "policies/by-title.ts": BY_TITLE,
  "policies/exempting.ts": EXEMPTING,
  "policies/lenient.ts": LENIENT,
  "policies/networks.ts": NETWORKS,
  "policies/renaming.ts": RENAMING,
  "shared/fail.ts": FAIL,
  "allow.xml": document("fine"),
  "warn.xml": document("warn"),
  "deny.xml": document("deny"),
  "colour.xml": document("colour"),
  "fail.xml": document("fail"),
  "forge.xml": document("forge"),
  "exempt.xml": document("exempt"),
  "malformed.xml": "<domain type='kvm'>\n  <name>web1</nome>\n</domain>",
  "network.xml": hookData(),
});
const bundle = join(folder, "bundle");
await writeBundle(await buildFolder(folder), bundle);

/** What became of a policy. */
interface Outcome {
  readonly name: string;
  readonly outcome: string;
  readonly ms: number;
  readonly memory?: number;
  readonly mode: string;
  readonly why?: string;
}

/** What the contract says that `--json` prints. */
interface Line {
  readonly file: string;
  readonly event: string;
  readonly object: string;
  readonly decision: string;
  readonly status: number;
  readonly findings: readonly object[];
  readonly failures: readonly object[];
  readonly policies: readonly Outcome[];
  readonly rewrites?: readonly object[];
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
}

const evaluate = (...words: string[]) => runCommand(["eval", "--bundle", "bundle", ...words], { cwd: folder });

/** The one object that `--json` prints about a document. */
function line(...words: string[]): Line {
  const lines = jsonLines<Line>(evaluate("--json", ...words).stdout);
  assert.equal(lines.length, 1);
  return lines[0] as Line;
}

const unwatching = (name: string, watched: string) => ({
  name,
  outcome: "not-watching",
  mode: "enforce",
  why: `watches ${watched}, not qemu/prepare`,
});

test("--json prints the decision in the contract's form", () => {
  const { policies, ...rest } = line("deny.xml");
  assert.deepEqual(rest, {
    file: "deny.xml",
    event: "qemu/prepare",
    object: "web1",
    decision: "deny",
    status: 1,
    findings: [
      {
        policy: "by-title",
        level: "deny",
        mode: "enforce",
        reason: "a denial",
        at: "title",
        line: 7,
        column: 3,
        excerpt: { first: 5, lines: document("deny").split("\n").slice(4) },
      },
    ],
    failures: [],
  });
  assert.deepEqual(
    policies.map(({ ms, memory, ...policy }) => [policy, ms > 0, memory !== undefined && memory > 10_000]),
    [
      [{ name: "by-title", outcome: "deny", mode: "enforce" }, true, true],
      [{ name: "exempting", outcome: "allow", mode: "enforce", why: "exempt until 2999-12-31: a lab" }, true, true],
      [unwatching("lenient", "qemu/migrate"), false, false],
      [unwatching("networks", "network/start"), false, false],
      [unwatching("renaming", "qemu/restore"), false, false],
    ],
  );
});

test("--json tells failures and exemptions", () => {
  assert.deepEqual(line("fail.xml").failures, [
    {
      policy: "by-title",
      kind: "exception",
      message: "Error: a failure",
      stack: ["fail (shared/fail.ts:3:9)", "check (policies/by-title.ts:10:34)"],
    },
  ]);
  const { status, findings } = line("exempt.xml");
  assert.equal(status, 0);
  assert.deepEqual(findings, [
    {
      policy: "exempting",
      level: "deny",
      mode: "enforce",
      reason: "not you",
      exempt: { reason: "a lab", expires: "2999-12-31" },
    },
  ]);
});

test("the exit status tells allowed, denied, a failed policy and a refused document apart", () => {
  const statuses = { "allow.xml": 0, "warn.xml": 0, "deny.xml": 1, "fail.xml": 2, "malformed.xml": 3, "none.xml": 3 };
  for (const [file, status] of Object.entries(statuses)) assert.equal(evaluate(file).status, status, file);
});

test("of several documents each is decided and told, and the exit status is the one that counts most", () => {
  const { status, stdout } = evaluate("--json", "fail.xml", "allow.xml", "deny.xml");
  assert.deepEqual(
    jsonLines<Line>(stdout).map((each) => [each.file, each.status]),
    [
      ["fail.xml", 2],
      ["allow.xml", 0],
      ["deny.xml", 1],
    ],
  );
  assert.equal(status, 1);
  assert.equal(evaluate("allow.xml", "fail.xml").status, 2);
  assert.equal(evaluate("deny.xml", "malformed.xml", "fail.xml").status, 3);
});

test("- is stdin", () => {
  const { status, stdout } = runCommand(["eval", "--bundle", bundle, "--json", "-"], { input: document("deny") });
  assert.equal(status, 1);
  assert.equal(jsonLines<Line>(stdout)[0]?.file, "-");
});

test("a malformed document is refused with line and column", () => {
  const { error, status, decision } = line("malformed.xml");
  assert.deepEqual([status, decision, error?.code, error?.line], [3, "deny", "malformed", 2]);
  assert.ok(Number.isInteger(error?.column));
  assert.match(evaluate("malformed.xml").stdout, /engine failure: line 2, column \d+: /);
});

test("a missing file and an empty one are refused, each with its code", () => {
  const { error } = line("none.xml");
  assert.equal(error?.code, "unreadable");
  assert.match(error?.message ?? "", /^cannot read none\.xml: ENOENT/);
  const empty = runCommand(["eval", "--bundle", bundle, "--json", "-"]);
  assert.equal(jsonLines<Line>(empty.stdout)[0]?.error?.code, "empty");
});

test("a document of more than 4 MiB is refused", () => {
  const input = document("fine").replace("</domain>", `${" ".repeat(4 * 1024 * 1024)}</domain>`);
  const { status, stdout } = runCommand(["eval", "--bundle", bundle, "--json", "-"], { input });
  assert.equal(status, 3);
  assert.equal(jsonLines<Line>(stdout)[0]?.error?.code, "too-large");
});

test("a document whose name or UUID is nearly 4 MiB long is decided, and told in bounded length", async () => {
  const long = "4".repeat(4_000_000);
  const documents = [guest("", long), guest().replace(/<uuid>.*<\/uuid>/, `<uuid>${long}</uuid>`)];
  for (const input of documents) {
    const { status, stdout } = runCommand(["eval", "--bundle", bundle, "--json", "-"], { input });
    assert.deepEqual([status, jsonLines<Line>(stdout)[0]?.error], [0, undefined]);
    assert.ok(stdout.length < 5000, `${stdout.length} characters`);
  }
});

test("--event is the event that is decided, with what an exit status does there", () => {
  const network = line("--event", "network/start", "network.xml");
  assert.deepEqual([network.event, network.object, network.status], ["network/start", "default", 1]);
  const started = line("--event", "qemu/started", "deny.xml");
  assert.deepEqual([started.decision, started.status, started.findings.length], ["allow", 0, 1]);
  const unwatched = line("--event", "lxc/start", "malformed.xml");
  assert.deepEqual([unwatched.status, unwatched.policies[0]?.outcome], [0, "not-watching"]);
});

test("a wrong event, --bundle with --config, and no file are wrong usage", () => {
  for (const event of ["prepare", "qemu/preparation", "qemu", "toString/x", ""]) {
    const { status, stdout, stderr } = evaluate("--event", event, "allow.xml");
    assert.equal(status, 64, event);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: .* is no event of libvirt's, such as qemu\/prepare\n$/);
  }
  const both = evaluate("--config", "virt-warden.yaml", "allow.xml");
  assert.equal(both.status, 64);
  assert.match(both.stderr, /--bundle and --config exclude each other/);
  assert.equal(evaluate().status, 64);
});

test("--config decides by a bundle built in memory", async () => {
  const { status, stdout } = runCommand(["eval", "--config", "virt-warden.yaml", "--json", "deny.xml"], {
    cwd: folder,
  });
  assert.equal(status, 1);
  assert.equal(jsonLines<Line>(stdout)[0]?.findings.length, 1);
});

test("without a bundle, or with policies that cannot be built, every document is refused with status 3", async () => {
  const missing = runCommand(["eval", "--bundle", "nowhere", "--json", "allow.xml", "deny.xml"], { cwd: folder });
  assert.equal(missing.status, 3);
  assert.deepEqual(
    jsonLines<Line>(missing.stdout).map(({ file, status, error }) => [file, status, error?.code]),
    [
      ["allow.xml", 3, "bundle"],
      ["deny.xml", 3, "bundle"],
    ],
  );
  const broken = await makeFolder({ "virt-warden.yaml": "", "policies/a.ts": 'let a: number = "";\n' });
  const { status, stdout } = runCommand([
    "eval",
    "--config",
    join(broken, "virt-warden.yaml"),
    join(folder, "allow.xml"),
  ]);
  assert.equal(status, 3);
  assert.match(stdout, /a\.ts:1:5: Type\s+'string'\s+is\s+not\s+assignable\s+to\s+type\s+'number'/);
});

test("for people, a document is a verdict, why, and a block a policy, with what it found and what it took", () => {
  const { stdout } = evaluate("deny.xml", "exempt.xml");
  assert.equal(
    stdout.replace(/[ \d.]{7} ms[ \d]{8} KiB$/gm, "TIME MEMORY"),
    `DENY  deny.xml  web1  qemu/prepare  status 1
  denied by by-title
  by-title   deny          TIME MEMORY
    deny: a denial
      at title, 7:3
          5 |   <vcpu placement='static'>2</vcpu>
          6 |   <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
        > 7 |   <title>deny</title>
          8 | </domain>
  exempting  allow         TIME MEMORY
    exempt until 2999-12-31: a lab
  lenient    not-watching  watches qemu/migrate, not qemu/prepare
  networks   not-watching  watches network/start, not qemu/prepare
  renaming   not-watching  watches qemu/restore, not qemu/prepare

ALLOW  exempt.xml  web1  qemu/prepare  status 0
  2 of 5 policies watch qemu/prepare, and none refuses
  by-title   allow         TIME MEMORY
  exempting  deny          TIME MEMORY
    exempt until 2999-12-31: a lab
    deny: not you
  lenient    not-watching  watches qemu/migrate, not qemu/prepare
  networks   not-watching  watches network/start, not qemu/prepare
  renaming   not-watching  watches qemu/restore, not qemu/prepare

1 of 2 documents would be refused
`,
  );
});

test("for people, an exception is followed by the calls that led to it, in the policy's own files", () => {
  const { stdout } = evaluate("fail.xml");
  const [first, , ...calls] = stdout.split("\n").slice(2, 6);
  assert.match(first ?? "", /^ {2}by-title +failed /);
  assert.deepEqual(calls, ["      at fail (shared/fail.ts:3:9)", "      at check (policies/by-title.ts:10:34)"]);
  assert.match(stdout, /^ {4}policy by-title failed: Error: a failure$/m);
});

test("an exception that onError allows is told as such, with what the policy found before", () => {
  const { status, stdout } = evaluate("--event", "qemu/migrate", "allow.xml");
  assert.equal(status, 0);
  assert.match(stdout, /^ALLOW {2}allow\.xml .* status 0$/m);
  assert.match(
    stdout,
    /^ {4}warn: before\n {4}policy lenient failed: RangeError: odd \(allowed by onError\)\n {6}at check \(policies\/lenient\.ts:4:9\)$/m,
  );
  const { decision, failures, findings } = line("--event", "qemu/migrate", "allow.xml");
  assert.equal(decision, "allow");
  assert.equal(findings.length, 1);
  assert.deepEqual(failures, [
    {
      policy: "lenient",
      kind: "exception",
      message: "RangeError: odd",
      stack: ["check (policies/lenient.ts:4:9)"],
      onError: "allow",
    },
  ]);
});

test("what policies would change is told with its place, and never the value", () => {
  const words = ["eval", "--bundle", bundle, "--event", "qemu/restore", "-"];
  const input = document("rewrite");
  const { status, stdout } = runCommand(words, { input });
  assert.equal(status, 0);
  assert.match(
    stdout,
    /^ {2}renaming +allow .* KiB\n {4}rewrite: set-text\n {6}at title\n {4}rewrite: add-element\n {6}at the root element\n$/m,
  );
  const [{ rewrites, status: told } = {} as Line] = jsonLines<Line>(runCommand([...words, "--json"], { input }).stdout);
  assert.equal(told, 0);
  assert.deepEqual(rewrites, [
    { policy: "renaming", edit: "set-text", at: "title" },
    { policy: "renaming", edit: "add-element", at: "" },
  ]);
  const unchanged = runCommand([...words, "--json"], { input: document("fine") });
  assert.equal(jsonLines<Line>(unchanged.stdout)[0]?.rewrites, undefined);
});

test("a policy's message cannot pose as a line of the output", () => {
  const { stdout } = evaluate("forge.xml");
  assert.match(
    stdout,
    /^ {4}policy by-title failed: Error: \\u\{1b\}\[2J\\nALLOW virt-warden\\u\{3a\} denied\n {6}by networks: no$/m,
  );
  assert.doesNotMatch(stdout, /^ALLOW/m);
});

test("for people, what libvirt's schema does not know is a line after the policies", () => {
  const told = (parts: string) => {
    const { status, stdout } = runCommand(["eval", "--bundle", bundle, "-"], { input: guest(parts) });
    assert.equal(status, 0);
    return stdout.split("\n").slice(8);
  };
  assert.deepEqual(told("<cpu mode='custom'/>"), [""]);
  assert.deepEqual(told("<cpu colour='red'/><later/>"), [
    "  unknown to libvirt's schema: cpu/@colour at 7:3, domain/later at 7:22",
    "",
  ]);
  assert.deepEqual(told(Array.from({ length: 700 }, (_, index) => `<later${index}/>\n`).join("")), [
    "  unknown to libvirt's schema: domain/later0 at 7:3, domain/later1 at 8:1,",
    "    domain/later2 at 9:1, domain/later3 at 10:1, domain/later4 at 11:1 and 695",
    "    more",
    "",
  ]);
  const long = "a".repeat(1000);
  assert.deepEqual(told(`<cpu ${long}='red'><${long}/></cpu>`), [
    "  unknown to libvirt's schema:",
    `    cpu/@${"a".repeat(64)}… at`,
    `    7:3, cpu/${"a".repeat(64)}…`,
    "    at 7:1015",
    "",
  ]);
});

test("--json keeps to the contract's keys where libvirt's schema does not know everything", () => {
  const input = guest("<cpu colour='red'/>");
  const { stdout } = runCommand(["eval", "--bundle", bundle, "--json", "-"], { input });
  const keys = ["file", "event", "object", "decision", "status", "findings", "failures", "policies"];
  assert.deepEqual(Object.keys(jsonLines<Line>(stdout)[0] ?? {}), keys);
});

test("what is no terminal gets no escape codes, and nothing in a reason or a file's name acts on a terminal", async () => {
  await writeFile(join(folder, "odd\u001b[2J.xml"), document("colour"));
  for (const words of [["odd\u001b[2J.xml"], ["--json", "odd\u001b[2J.xml"]]) {
    const { status, stdout } = evaluate(...words);
    assert.equal(status, 1);
    assert.doesNotMatch(stdout, /[^\P{Cc}\n]|\p{Cf}/u);
  }
  assert.match(evaluate("colour.xml").stdout, /deny: \\u\{1b\}\[31mred\\u\{202e\}/);
});

test("a reader that leaves early changes no exit status and sees no stack", () => {
  const files = ["deny.xml", "allow.xml", "allow.xml"].map((file) => join(folder, file));
  for (const reader of ["head -n 1", "true"]) {
    const { status, stderr } = runCut(["eval", "--bundle", bundle, ...files], reader);
    assert.equal(status, 1, reader);
    assert.equal(stderr, "");
  }
});

test("output that cannot be written is one line, and no verdict", () => {
  const { status, stderr } = runInScript('"$@" >/dev/full', ["eval", "--bundle", bundle, join(folder, "allow.xml")]);
  assert.equal(status, 3);
  assert.match(stderr, /^virt-warden: cannot write the output: ENOSPC.*\n$/);
});
