import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { guest, guestWith, hookData, PORT } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { jsonLines, runCommand, runCut, runSlowly } from "./run-command.ts";

const GUESTS = join(productRoot, "test/corpus/guests");

/** What the contract says that `--json` prints. */
interface Line {
  readonly file: string;
  readonly ok: boolean;
  readonly hook?: string;
  readonly model?: Record<string, unknown>;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
}

const inspect = (words: readonly string[], input = "") => {
  const { status, stdout, stderr } = runCommand(["inspect", "--json", ...words], { input });
  return { status, stderr, lines: jsonLines<Line>(stdout) };
};

test("--json prints each guest's model on a line of its own", () => {
  const files = readdirSync(GUESTS).map((name) => join(GUESTS, name));
  const { status, lines } = inspect(files);
  assert.equal(status, 0);
  assert.deepEqual(
    lines.map(({ file, ok, hook }) => ({ file, ok, hook })),
    files.map((file) => ({ file, ok: true, hook: "qemu" })),
  );
  const desktop = lines.find(({ file }) => file.endsWith("/q35-desktop.xml"))?.model;
  assert.deepEqual(desktop?.cpu, {
    mode: "host-passthrough",
    check: "none",
    migratable: "on",
    topology: { sockets: 1, dies: 1, clusters: 1, cores: 4, threads: 1 },
    feature: [],
  });
  assert.deepEqual(desktop?.currentMemory, { unit: "KiB", value: 8388608 });
  assert.equal(desktop?.title, "A desktop & its peripherals");
});

test("without --json the model is printed for people, as JSON of many lines", () => {
  const { status, stdout } = runCommand(["inspect", "-"], { input: guest() });
  assert.equal(status, 0);
  assert.match(stdout, /^\{\n {2}"type": "kvm",\n {2}"name": "web1",\n/);
  assert.equal(JSON.parse(stdout).vcpu.value, 2);
});

test("a document that comes slowly is read to its end", async () => {
  const document = guest();
  const pieces = [document.slice(0, 50), document.slice(50, 51), document.slice(51)];
  const [line] = jsonLines<Line>(await runSlowly(["inspect", "--json", "-"], pieces));
  assert.deepEqual([line?.ok, line?.error], [true, undefined]);
});

test("--hook network shows the network and its port", () => {
  const { status, lines } = inspect(["--hook", "network", "-"], hookData(PORT));
  assert.equal(status, 0);
  const [line] = lines as [Line & { model: { network: { name: string }; port: { owner: { name: string } } } }];
  const { hook, model: seen } = line;
  assert.deepEqual([hook, seen.network.name, seen.port.owner.name], ["network", "default", "web1"]);
  const { model } = inspect(["--hook", "network", "-"], hookData()).lines[0] as Line;
  assert.deepEqual(Object.keys(model ?? {}), ["network"]);
});

test("a document that is refused is told with its place, and the others are shown", async () => {
  const folder = await makeFolder({ "malformed.xml": "<domain>\n  <name>a</nome></domain>", "good.xml": guest() });
  const files = ["malformed.xml", "good.xml", "none.xml"].map((name) => join(folder, name));
  const { status, lines } = inspect(files);
  assert.equal(status, 1);
  assert.deepEqual(
    lines.map(({ ok, error }) => [ok, error?.code, error?.line]),
    [
      [false, "malformed", 2],
      [true, undefined, undefined],
      [false, "unreadable", undefined],
    ],
  );
  assert.deepEqual(Object.keys(lines[0] ?? {}), ["file", "ok", "error"]);
  assert.ok(Number.isInteger(lines[0]?.error?.column));

  const plain = runCommand(["inspect", ...files.slice(0, 1)]);
  assert.equal(plain.status, 1);
  assert.equal(plain.stdout, "");
  assert.match(plain.stderr, /malformed\.xml:2:\d+: .+\n$/);
});

test("a document of another kind, a folder and an empty document are refused", () => {
  assert.equal(inspect(["-"], hookData()).lines[0]?.error?.code, "wrong-root");
  assert.equal(inspect(["--hook", "network", "-"], guest()).lines[0]?.error?.code, "wrong-root");
  assert.equal(inspect(["/"]).lines[0]?.error?.code, "unreadable");
  assert.equal(inspect(["-"]).lines[0]?.error?.code, "empty");
});

test("what libvirt's schema does not know is told on stderr, apart from the model", () => {
  const told = (document: string, hook = "qemu") => {
    const { status, stdout, stderr } = runCommand(["inspect", "--hook", hook, "-"], { input: document });
    assert.equal(status, 0);
    assert.ok(!("unknown" in JSON.parse(stdout)));
    return stderr;
  };
  assert.equal(told(guest("<cpu mode='custom'/>")), "");
  const two = "-: unknown to libvirt's schema: cpu/@colour at 7:3, domain/later at 7:22\n";
  assert.equal(told(guest("<cpu colour='red'/><later/>")), two);
  const port = PORT.replace("<owner>", "<owner><later/>");
  assert.equal(told(hookData(port), "network"), "-: unknown to libvirt's schema: owner/later at 5:12\n");
  const [line = "", ...rest] = told(guest(`<${"a".repeat(1000)}/>`.repeat(700))).split("\n");
  assert.deepEqual(rest, [""]);
  assert.match(line, /^-: unknown to libvirt's schema: (?:domain\/a{64}… at 7:\d+(?:, | and )){5}695 more$/);
});

test("--json keeps to the contract's keys where libvirt's schema does not know everything", () => {
  const { lines, stderr } = inspect(["-"], guest("<cpu colour='red'/>"));
  assert.deepEqual(Object.keys(lines[0] ?? {}), ["file", "ok", "hook", "model"]);
  assert.equal(stderr, "");
});

test("an unknown hook and no file are wrong usage", () => {
  for (const words of [["--hook", "vbox", "-"], ["--hook", "daemon", "-"], []]) {
    const { status, stdout } = runCommand(["inspect", ...words]);
    assert.equal(status, 64, words.join(" "));
    assert.equal(stdout, "");
  }
});

test("nothing that a document holds acts on a terminal, and JSON still means the same", () => {
  const title = "a\u007fb\u009b31mc\u202ed\u2028e\u{e0001}f\tg";
  for (const words of [
    ["inspect", "-"],
    ["inspect", "--json", "-"],
  ]) {
    const { stdout } = runCommand(words, { input: guest(`<title>${title}</title>`) });
    assert.doesNotMatch(stdout, /[^\P{Cc}\n]|\p{Cf}|\u2028/u);
    const shown = JSON.parse(stdout);
    assert.equal((shown.model ?? shown).title, title);
  }
});

test("a reader that leaves early changes no exit status and sees no stack", () => {
  const files = readdirSync(GUESTS).map((name) => join(GUESTS, name));
  for (const reader of ["head -n 1", "true"]) {
    const { status, stderr } = runCut(["inspect", ...files], reader);
    assert.equal(status, 0, reader);
    assert.equal(stderr, "");
  }
});

test("passwords are shown as set, however they are written, and quoted by no message", () => {
  const graphics = ["passwd='s3cr3t'", "passwd='s3&#99;r3t'", 'xmlns:x="urn:x" x:passwd="s3cr3t"'];
  const cookies = "<cookies><cookie name='id'><![CDATA[s3cr3t]]></cookie></cookies>";
  const parts = [
    ...graphics.map((passwd) => `<graphics type='vnc' ${passwd}/>`),
    `<disk type='network'><source protocol='https'>${cookies}</source></disk>`,
  ];
  for (const words of [
    ["inspect", "-"],
    ["inspect", "--json", "-"],
  ]) {
    const { status, stdout, stderr } = runCommand(words, { input: guestWith(...parts) });
    assert.equal(status, 0);
    assert.equal(stdout.match(/"\*{8}"/g)?.length, 3);
    assert.ok(!`${stdout}${stderr}`.includes("s3cr3t"));
  }
  const broken = [
    guestWith(...parts, "<graphics type='vnc' port='s3cr3t' passwd='s3cr3t&bad;'/>"),
    guestWith("<graphics type='vnc' passwd='s3cr3t' passwd='s3cr3t'/>"),
    guestWith("<graphics type='vnc' passwd='s3cr3t' port='s3cr3t'/>"),
    guestWith(`<graphics type='vnc' passwd='${"s3cr3t".repeat(20)}' port='${"s3cr3t".repeat(20)}'/>`),
  ];
  for (const input of broken) assert.doesNotMatch(runCommand(["inspect", "-"], { input }).stderr, /s3cr3t|^$/);
});
