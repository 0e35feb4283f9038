import assert from "node:assert/strict";
import { test } from "node:test";
import { Deadline } from "../../src/engine/deadline.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { Edit } from "../../src/rewrite/edit.ts";
import type { CheckInput } from "../../src/sandbox/run-policy.ts";
import { GUEST_UUID, guest } from "../support/documents.ts";
import { answerWith, type Circumstances, DENIES, fails, type Scripted } from "./decide-with.ts";

const DOCUMENT = guest("<title>old</title><!-- kept --><description  a='1' >x</description>");

const retitle = (value: string): Edit => ({ edit: "set-text", at: "title", value });
const redescribe = (value: string): Edit => ({ edit: "set-text", at: "description", value });
const remove = (at: string): Edit => ({ edit: "remove-element", at });

/** A policy that makes these edits. */
function rewrites(name: string, edits: readonly Edit[], more: Partial<Scripted> = {}): Scripted {
  return { name, on: ["qemu/migrate"], rewriting: { edits }, ...more };
}

/** What policies make of the document at `qemu/migrate`, the document as text. */
async function answer(policies: readonly Scripted[], circumstances: Circumstances = {}) {
  const where = { event: "qemu/migrate", document: DOCUMENT, ...circumstances } as const;
  const { decision, document } = await answerWith(policies, where);
  return { ...decision, document: document === undefined ? undefined : Buffer.from(document).toString() };
}

/** The titles that checks and rewritings saw, in their order. */
function titlesIn(seen: readonly CheckInput[]): unknown[] {
  return seen.map(({ context }) => (context.domain as { title?: unknown }).title);
}

test("policies' edits are made where libvirt takes a new document, in the bundle's order, and all else stays", async () => {
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    const on = [event];
    const policies = [rewrites("a", [retitle("new & more")], { on }), rewrites("b", [redescribe("y")], { on })];
    const { status, document, rewrites: notes } = await answer(policies, { event });
    assert.equal(status, 0, event);
    const expected = DOCUMENT.replace(">old<", ">new &amp; more<").replace(">x<", ">y<");
    assert.equal(document, expected, event);
    assert.deepEqual(notes, [
      { policy: "a", edit: "set-text", at: "title" },
      { policy: "b", edit: "set-text", at: "description" },
    ]);
  }
});

test("at any other event nothing is asked for", async () => {
  const {
    status,
    document,
    rewrites: notes,
  } = await answer([rewrites("a", [retitle("new")], { on: ["qemu/prepare"] })], { event: "qemu/prepare" });
  assert.deepEqual([status, document, notes], [0, undefined, undefined]);
});

test("every rewriting sees the document as it came, and every check the result", async () => {
  const seen: CheckInput[] = [];
  await answer([rewrites("a", [retitle("new")]), rewrites("b", []), { name: "c", on: ["qemu/migrate"] }], { seen });
  assert.deepEqual(titlesIn(seen), ["old", "old", "new", "new", "new"]);
});

test("a denial of the result refuses, and no document is given", async () => {
  const policies = [rewrites("a", [retitle("new")]), { name: "b", on: ["qemu/migrate"], run: DENIES }] as const;
  const { status, document, rewrites: notes } = await answer(policies);
  assert.deepEqual([status, document, notes?.length], [1, undefined, 1]);
});

test("edits that change nothing give no document", async () => {
  const { status, document, rewrites: notes } = await answer([rewrites("a", [retitle("old")])]);
  assert.deepEqual([status, document, notes], [0, undefined, undefined]);
});

test("a policy that does not enforce, exempts the guest or failed earlier changes nothing", async () => {
  const edits = [retitle("new")];
  const failed = new Map([["d", { kind: "exception", message: "m" }]] as const);
  const policies = [
    rewrites("a", edits, { mode: "warn" }),
    rewrites("b", edits, { mode: "audit" }),
    rewrites("c", edits, { exempt: [{ uuid: GUEST_UUID, reason: "r" }] }),
    rewrites("d", edits, { onError: "allow" }),
    rewrites("e", edits, { mode: "off" }),
  ];
  const { status, document } = await answer(policies, { failed });
  assert.deepEqual([status, document], [0, undefined]);
});

test("nobody is exempt by what a policy makes of the guest", async () => {
  const uuid = GUEST_UUID.replace("4", "5");
  const edit = { edit: "set-text", at: "uuid", value: uuid } as const;
  const exempt = [{ uuid, reason: "r" }];
  const { status } = await answer([rewrites("a", [edit]), { name: "b", on: ["qemu/migrate"], exempt, run: DENIES }]);
  assert.equal(status, 1);
});

test("a failed rewriting is the policy's failure, takes its own edits away, and its check is still run", async () => {
  const broken = { rewriting: { edits: [retitle("new")], ...fails("exception") }, run: DENIES };
  const refused = await answer([rewrites("a", [], { ...broken, run: {} }), rewrites("b", [redescribe("y")])]);
  assert.deepEqual([refused.status, refused.document], [2, undefined]);
  assert.deepEqual(refused.failures, [{ policy: "a", kind: "exception", message: "a exception" }]);

  const allowed = await answer([
    rewrites("a", [], { ...broken, run: {}, onError: "allow" }),
    rewrites("b", [redescribe("y")]),
  ]);
  assert.equal(allowed.status, 0);
  assert.equal(allowed.document, DOCUMENT.replace(">x<", ">y<"));
  assert.deepEqual(allowed.failures, [{ policy: "a", kind: "exception", message: "a exception", onError: "allow" }]);
  assert.equal(allowed.policies[0]?.outcome, "failed");

  assert.equal((await answer([rewrites("a", [], broken)])).status, 1);
  const late = { rewriting: { edits: [], ...fails("timeout") }, onError: "allow" } as const;
  assert.equal((await answer([rewrites("a", [], late)])).status, 2);
});

test("a policy that fails to judge what it changed changes nothing, and the others judge again without its edits", async () => {
  const seen: CheckInput[] = [];
  const policies = [
    rewrites("a", [retitle("new")], { onError: "allow", run: fails("exception") }),
    rewrites("b", [redescribe("y")]),
  ];
  const { status, document, failures, rewrites: notes } = await answer(policies, { seen });
  assert.equal(status, 0);
  assert.equal(document, DOCUMENT.replace(">x<", ">y<"));
  assert.deepEqual(
    failures.map(({ policy, onError }) => [policy, onError]),
    [["a", "allow"]],
  );
  assert.deepEqual(notes, [{ policy: "b", edit: "set-text", at: "description" }]);
  assert.deepEqual(titlesIn(seen), ["old", "old", "new", "new", "old"]);
});

test("an edit of what is not there, and one that contradicts another's, are that policy's failure, also under onError", async () => {
  for (const [policies, culprit] of [
    [[rewrites("a", [redescribe("y")]), rewrites("b", [remove("devices")], { onError: "allow" })], "b"],
    [[rewrites("a", [remove("title")]), rewrites("b", [retitle("new")], { onError: "allow" })], "b"],
  ] as const) {
    const { status, document, failures, rewrites: notes } = await answer(policies);
    assert.deepEqual([status, document, notes], [2, undefined, undefined]);
    assert.deepEqual(
      failures.map(({ policy, kind }) => [policy, kind]),
      [[culprit, "invalid"]],
    );
  }
});

test("a result that cannot be read is the failure of all that edited, and denials are of the document as it came", async () => {
  const seen: CheckInput[] = [];
  const policies = [
    rewrites("a", [{ edit: "set-text", at: "memory", value: "much" }]),
    rewrites("b", [retitle("new")]),
    rewrites("c", [], { run: DENIES }),
  ];
  const { status, document, failures } = await answer(policies, { seen });
  assert.deepEqual([status, document], [1, undefined]);
  assert.deepEqual(
    failures.map(({ policy, kind }) => [policy, kind]),
    [
      ["a", "invalid"],
      ["b", "invalid"],
    ],
  );
  assert.match(
    failures[0]?.message ?? "",
    /^the rewritten document is refused: line 4, column 3: Cannot read <memory>/,
  );
  assert.deepEqual(new Set(titlesIn(seen)), new Set(["old"]));
});

test("what is changed at a restore is read as strictly as what came", async () => {
  const element = { name: "x:vcpu", attributes: { "xmlns:x": "urn:x" } };
  const add = { edit: "add-element", at: "", element } as const;
  const { status, document } = await answer([rewrites("a", [add], { on: ["qemu/restore"] })], {
    event: "qemu/restore",
  });
  assert.deepEqual([status, document], [2, undefined]);
});

test("a policy's logs of its rewriting and its check are both told", async () => {
  const log = (message: string) => [{ level: "info", message }] as const;
  const policy = rewrites("a", [], { rewriting: { logs: log("first") }, run: { logs: log("second") } });
  assert.deepEqual((await answer([policy])).logs, [
    { policy: "a", level: "info", message: "first" },
    { policy: "a", level: "info", message: "second" },
  ]);
});

test("where time runs out while policies rewrite, that is the engine's failure", async () => {
  const deadline = new Deadline();
  const rewriting = {
    get edits(): Edit[] {
      deadline.end();
      return [];
    },
  };
  const { status, document, error } = await answer(
    [rewrites("a", [], { rewriting }), rewrites("b", [retitle("new")])],
    {
      deadline,
    },
  );
  assert.deepEqual([status, document], [3, undefined]);
  assert.match(error?.message ?? "", /^out of time before every policy ran, while policy a did$/);
});

test("a log line names what was changed and where, never to what", async () => {
  const { document, ...decision } = await answer([rewrites("a", [retitle("SECRET-1")])]);
  assert.match(document ?? "", /SECRET-1/);
  const line = decisionLine(decision);
  assert.ok(!line.includes("SECRET"));
  assert.deepEqual(JSON.parse(line).rewrites, [{ policy: "a", edit: "set-text", at: "title" }]);
  assert.equal(JSON.parse(line).msg, "allowed with a rewritten document");
});
