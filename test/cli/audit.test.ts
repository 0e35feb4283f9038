import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { test } from "node:test";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { buildFolder } from "../bundle/build.ts";
import { GUEST_UUID, guest } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { LAUNCHER, start } from "../support/launcher.ts";
import { filesIn } from "../support/left-files.ts";
import { needsRoot } from "../support/needs-root.ts";
import { stateFile } from "../support/private-run.ts";
import { commandLine, waitFor } from "../support/process.ts";
import { descendants } from "../support/service-processes.ts";
import { jsonLines, runCommand } from "./run-command.ts";

/** A policy that judges guests by their title. */
const BY_TITLE = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "by-title",
  on: ["qemu/prepare", "lxc/prepare"],
  check({ domain, event, deny, warn }) {
    if (domain.title === "warn") warn("a warning", { at: "title" });
    if (domain.title === "deny") {
      deny("a denial at " + event + " whose reason is so long that it does not fit into one line", { at: "title" });
    }
    if (domain.title === "colour") deny("\\u001b[31mred\\u202e");
    if (domain.title === "fail") throw new Error("a failure");
    if (domain.title === "hang") for (;;);
  },
});
`;

const EXEMPTING = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "exempting", on: ["qemu/prepare"], check({ domain, deny }) {
  if (domain.title === "exempt") deny("not you");
} });
`;

const LONG = "a-policy-whose-name-is-too-long-for-a-column-of-eighty-columns";

const NAMED = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${LONG}", check() {} });
`;

const NETWORKS = `import { definePolicy } from "virt-warden";

export default definePolicy({ name: "networks", on: ["network/start"], check({ deny }) { deny("no"); } });
`;

const titled = (title: string, name = "web1") => guest(`<title>${title}</title>`, name);

const folder = await makeFolder({
  "virt-warden.yaml": `limits: { time: 250ms }
log: decisions.log
rules:
  exempting: { exempt: [{ domain: web1, reason: a lab, expires: 2999-12-31 }] }
`,
  "policies/by-title.ts": BY_TITLE,
  "policies/exempting.ts": EXEMPTING,
  "policies/long.ts": NAMED,
  "policies/networks.ts": NETWORKS,
  "guests/allow.xml": titled("fine"),
  "guests/deny.xml": titled("deny", "web2"),
  "guests/exempt.xml": titled("exempt"),
  "guests/fail.xml": titled("fail"),
  "guests/hang.xml": titled("hang"),
  // more than the warm evaluator takes
  "guests/large.xml": titled("deny").replace("</domain>", `${" ".repeat(1_100_000)}</domain>`),
  "guests/malformed.xml": "<domain type='kvm'>\n  <name>web1</nome>\n</domain>",
  "guests/warn.xml": titled("warn"),
  "guests/networks/default.xml": "<network><name>default</name></network>",
  "fine/allow.xml": titled("fine"),
  "empty/notes.txt": "",
  "hooks/lxc/box.xml": titled("deny").replace("kvm", "lxc"),
  "colour.xml": titled("colour"),
  "state.xml": stateFile(titled("deny")),
});
await writeBundle(await buildFolder(folder), join(folder, "bundle"));

interface Line {
  readonly file: string;
  readonly event: string;
  readonly status: number;
  readonly policies: readonly { readonly name: string; readonly outcome: string }[];
  readonly findings: readonly {
    readonly reason: string;
    readonly line?: number;
    readonly column?: number;
    readonly excerpt?: object;
  }[];
}

const audit = (...words: string[]) => runCommand(["audit", "--bundle", "bundle", ...words], { cwd: folder });

/** What `--json` says, without times, and without what findings are about. */
const decisions = (stdout: string) =>
  jsonLines<Line>(stdout).map((line) => ({
    ...line,
    policies: line.policies.map((each) => ({ name: each.name, outcome: each.outcome })),
    findings: line.findings.map(({ line: _, column: __, excerpt: ___, ...finding }) => finding),
  }));

test("--json says of each document of a folder what eval says, in the order of their names", () => {
  const names = ["allow", "deny", "exempt", "fail", "hang", "large", "malformed", "warn"];
  const files = names.map((name) => `guests/${name}.xml`);
  const { status, stdout, stderr } = audit("--json", "guests");
  assert.deepEqual([status, stderr], [1, ""]);
  const evaluated = runCommand(["eval", "--bundle", "bundle", "--json", ...files], { cwd: folder });
  assert.deepEqual(decisions(stdout), decisions(evaluated.stdout));
  assert.deepEqual(
    decisions(stdout).map((line) => [line.file, line.status]),
    files.map((file, index) => [file, [0, 1, 0, 2, 2, 1, 3, 0][index]]),
  );
  const [finding] = jsonLines<Line>(stdout)[1]?.findings ?? [];
  const os = "  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>";
  const lines = ["  <vcpu placement='static'>2</vcpu>", os, "  <title>deny</title>", "</domain>"];
  assert.deepEqual([finding?.line, finding?.column, finding?.excerpt], [7, 3, { first: 5, lines }]);
});

test("for people, guests with findings come first, then a table of them by policy, then a row a policy", () => {
  const { status, stdout, stderr } = audit("guests");
  assert.deepEqual([status, stderr], [1, ""]);
  assert.equal(
    stdout,
    `DENY  web2  guests/deny.xml
  by-title: deny: a denial at qemu/prepare whose reason is so long that it
    does not fit into one line (at title, line 7)
      7 | <title>deny</title>
ALLOW  web1  guests/exempt.xml
  exempting: deny: not you [exempt: a lab, until 2999-12-31]
DENY  web1  guests/fail.xml
  policy by-title failed: Error: a failure
DENY  web1  guests/hang.xml
  policy by-title failed: timed out after 250 ms
DENY  web1  guests/large.xml
  by-title: deny: a denial at qemu/prepare whose reason is so long that it
    does not fit into one line (at title, line 7)
      7 | <title>deny</title>
DENY  guests/malformed.xml
  engine failure: line 2, column 19: Cannot read the document: it is not
    well-formed: unexpected close tag
ALLOW  web1  guests/warn.xml
  by-title: warn: a warning (at title, line 7)
      7 | <title>warn</title>

guest                 1  2
web2                  ✖  ·
web1                  ·  ~
web1                  ?  ·
web1                  ?  ·
web1                  ✖  ·
guests/malformed.xml  ?  ?
web1                  !  ·
✖ denied  ! warned  ~ exempt  ? failed or not judged  · nothing found

  #  policy                      mode     denied  warned  failed  exempt  judged
  1  by-title                    enforce       2       1       2       0       7
  2  exempting                   enforce       0       0       0       1       7
  3  ${LONG}
                                 enforce       0       0       0       0       7
  4  networks                    enforce       0       0       0       0       0

5 of 8 documents would be refused: 2 denied by policies, 2 since a policy
failed, 1 that could not be judged; 2 of the others have findings
`,
  );
  assert.ok(stdout.split("\n").every((line) => line.length <= 80));
});

test("where nothing would be refused the status is 0, and nothing but the table is said", () => {
  const { status, stdout } = audit("fine", "fine/allow.xml");
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}# {2}policy .*\n {2}1 {2}by-title .* 1\n.*\nnone of 1 document would be refused\n$/s);
});

test("on a terminal a bar on stderr says how far it is, and is gone at the end; elsewhere there is none", () => {
  const words = [LAUNCHER, "audit", "--bundle", "bundle", "guests"];
  const inTerminal = spawnSync("script", ["-qec", `${words.join(" ")} >/dev/null`, "/dev/null"], {
    cwd: folder,
    encoding: "utf8",
  }).stdout;
  const [before, first, ...others] = inTerminal.split("\r\u001b[K");
  assert.deepEqual([before, first, others.at(-1)], ["", `[${"-".repeat(30)}]  0 of 8    0 %`, ""]);
  assert.match(others[0] ?? "", /^\[#+-*\] {2}[1-8] of 8 +\d+ %/);
});

test("long names and more policies than fit beside them stay within 80 columns, and those that run are told from those that are defined", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `policy-number-${index}-has-a-name-that-is-somewhat-long`);
  const many = await makeFolder({
    "virt-warden.yaml": "log: decisions.log\n",
    ...Object.fromEntries(
      names.map((name) => [
        `policies/${name}.ts`,
        `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", check({ warn }) { warn("always"); } });\n`,
      ]),
    ),
    "guests/defined.xml": guest("", `a-guest-${"with-a-long-name-".repeat(8)}`),
    "guests/running.xml": stateFile(guest("", "web1")),
  });
  const { stdout } = runCommand(["audit", "--config", "virt-warden.yaml", "guests"], { cwd: many });
  assert.deepEqual(
    stdout.split("\n").filter((line) => line.length > 80 && !line.includes("guests/defined.xml")),
    [],
  );
  assert.match(stdout, /^ALLOW {2}web1 {2}\(running\) {2}guests\/running\.xml$/m);
  // more than a table's width has are in a second one
  assert.equal(stdout.match(/^guest .* 21$/gm)?.length, 1);
  assert.equal(stdout.match(/^web1 \(running\) +(?: {2}!)+$/gm)?.length, 2);
});

test("--html writes a page beside what is printed; where it cannot be written nothing is audited", () => {
  const report = join(folder, "report.html");
  const { status, stdout, stderr } = audit("--json", "--html", "report.html", "guests/deny.xml");
  assert.deepEqual([status, stderr], [1, ""]);
  assert.equal(jsonLines<Line>(stdout).length, 1);
  assert.match(readFileSync(report, "utf8"), /^<!doctype html>\n.*1 of 1 document would be refused.*<\/html>\n$/s);
  assert.equal(statSync(report).mode & 0o777, 0o600);
  assert.deepEqual(audit("--html", "guests", "guests"), {
    status: 1,
    stdout: "",
    stderr: "guests: cannot write the report: there is something that is no file: name another\n",
  });
  const other = audit("--html", "guests/deny.xml", "guests/deny.xml");
  const why = "there is a file that is no such report: name another, or remove it";
  assert.deepEqual([other.status, other.stderr], [1, `guests/deny.xml: cannot write the report: ${why}\n`]);
  assert.match(readFileSync(join(folder, "guests/deny.xml"), "utf8"), /<domain/);
});

test("a folder named as a hook has its event, --event is that of all, and a state file holds a guest", () => {
  const told = (...words: string[]) =>
    jsonLines<Line>(audit("--json", ...words).stdout).map(({ event, status }) => [event, status]);
  assert.deepEqual(told("hooks/lxc", "state.xml"), [
    ["lxc/prepare", 1],
    ["qemu/prepare", 1],
  ]);
  assert.deepEqual(told("--event", "qemu/migrate", "hooks/lxc", "guests/deny.xml"), [
    ["qemu/migrate", 0],
    ["qemu/migrate", 0],
  ]);
});

test("--config audits by policies that are in force nowhere, and no audit writes to the decision log", async () => {
  const { status, stdout } = runCommand(["audit", "--config", "virt-warden.yaml", "--json", "colour.xml"], {
    cwd: folder,
  });
  assert.equal(status, 1);
  assert.equal(jsonLines<Line>(stdout)[0]?.status, 1);
  assert.throws(() => readFileSync(join(folder, "decisions.log")), { code: "ENOENT" });
});

test("nothing in a reason acts on a terminal", () => {
  for (const words of [["colour.xml"], ["--json", "colour.xml"]]) {
    const { stdout } = audit(...words);
    assert.match(stdout, /red/);
    assert.doesNotMatch(stdout, /[^\P{Cc}\n]|\p{Cf}/u);
  }
});

test("no documents, a place that is not there, and no bundle are errors that say what to do", () => {
  const nothing = audit("empty", "guests/networks/nothing", "hooks");
  assert.deepEqual([nothing.status, nothing.stdout], [1, ""]);
  assert.equal(nothing.stderr, "guests/networks/nothing: cannot look for documents: no such file or directory\n");
  const empty = audit("empty", "hooks");
  assert.deepEqual([empty.status, empty.stdout], [1, ""]);
  assert.equal(
    empty.stderr,
    "empty: there is no document here: no file *.xml\nhooks: there is no document here: no file *.xml\n",
  );
  const none = runCommand(["audit", "--bundle", "nowhere", "fine"], { cwd: folder });
  assert.deepEqual([none.status, none.stdout], [1, ""]);
  assert.match(none.stderr, /^nowhere: cannot read the bundle: there is none: run virt-warden build\n$/);
});

test("a wrong event, an empty place, --bundle with --config, and an event without documents are wrong usage", () => {
  const wrong = [
    [["--event", "qemu/preparation", "fine"], /no event of libvirt's, such as qemu\/prepare/],
    [["--event", "network/start"], /libvirt keeps no documents of network\/start: name files or folders/],
    [["fine", ""], /name a path/],
    [["--config", "virt-warden.yaml", "fine"], /--bundle and --config exclude each other/],
  ] as const;
  for (const [words, message] of wrong) {
    const { status, stdout, stderr } = audit(...words);
    assert.deepEqual([status, stdout], [64, ""], words.join(" "));
    assert.match(stderr, message);
  }
});

/** What short-lived folders are called. */
const OWN = /^virt-warden-\w{6}$/;

/** A policy that counts the guests that run. */
const COUNTING = `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "counting", on: ["qemu/prepare"], needs: ["guests"], check({ host, deny }) {
  deny(host.guests.map(({ name }) => name).join(" "));
} });
`;

test(
  "without places this host's guests are audited, those that run as they run, and counted",
  needsRoot(),
  async () => {
    const others = ["web1", "web2", "web3"].map((name, index) => [
      `run/libvirt/qemu/${name}.xml`,
      stateFile(guest("", name).replace(GUEST_UUID, GUEST_UUID.replace(/.$/, String(index)))),
    ]);
    const host = await makeFolder({
      "virt-warden.yaml": "log: decisions.log\n",
      "policies/counting.ts": COUNTING,
      ...Object.fromEntries(others),
    });
    await writeBundle(await buildFolder(host), join(host, "bundle"));
    const script = '[ ! -d /etc/libvirt ] || mount -t tmpfs none /etc/libvirt; mount --bind "$0/run" /run && exec "$@"';
    const words = [LAUNCHER, "audit", "--bundle", join(host, "bundle"), "--json"];
    const { status, stdout, stderr } = await start("unshare", ["--mount", "sh", "-c", script, host, ...words]).ended;
    assert.deepEqual([status, stderr], [1, ""]);
    const told = jsonLines<{ file: string; findings: { reason: string }[] }>(stdout);
    assert.deepEqual(
      told.map(({ file, findings }) => [file, findings[0]?.reason]),
      [
        ["/run/libvirt/qemu/web1.xml", "web2 web3"],
        ["/run/libvirt/qemu/web2.xml", "web1 web3"],
        ["/run/libvirt/qemu/web3.xml", "web1 web2"],
      ],
    );
  },
);

test("an audit that a signal ends leaves no process and no file", async () => {
  const many = await makeFolder(
    Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}.xml`, titled("hang")])),
  );
  const report = join(await makeFolder(), "report.html");
  const words = ["audit", "--bundle", join(folder, "bundle"), "--json", "--html", report, many];
  const { child, ended } = start(LAUNCHER, words);
  await once(child.stdout as Readable, "data");
  const ours = descendants(child.pid as number);
  const sockets = filesIn("/dev/shm", OWN).filter((path) => existsSync(join(path, "admit.sock")));
  child.kill("SIGTERM");
  await ended;
  assert.equal(child.signalCode, "SIGTERM");
  await waitFor(() => (ours.every((pid) => commandLine(pid).length === 1) ? true : undefined));
  assert.deepEqual(
    sockets.filter((path) => existsSync(path)),
    [],
  );
  assert.deepEqual(readdirSync(dirname(report)), []);
});
