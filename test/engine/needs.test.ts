import assert from "node:assert/strict";
import { test } from "node:test";
import { stderrLines } from "../../src/hook/stderr-lines.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { CheckInput } from "../../src/sandbox/run-policy.ts";
import { guest, hookData, PORT } from "../support/documents.ts";
import { answerWith, type Circumstances, DENIES, decideWith, fails, type Scripted } from "./decide-with.ts";

const MASK = "********";

/** A guest with this VNC password. */
function withPassword(password: string): string {
  return guest(`<devices><graphics type='vnc' port='-1' autoport='yes' passwd='${password}'/></devices>`);
}

/** The password that a policy sees, in the model and in the tree. */
function passwordIn({ context, xml }: CheckInput): unknown[] {
  const { devices } = context.domain as { devices: { graphics: { passwd?: string }[] } };
  return [devices.graphics[0]?.passwd, /"name":"passwd","namespace":"","value":"([^"]*)"/.exec(xml)?.[1]];
}

const SECRETS = { needs: ["secrets"] } as const;

test("a policy sees that a password is set, and its text only where it asks for secrets", async () => {
  const seen: CheckInput[] = [];
  await decideWith([{ name: "a" }, { name: "b", ...SECRETS }], { document: withPassword("s3cr3t"), seen });
  assert.deepEqual(seen.map(passwordIn), [
    [MASK, MASK],
    ["s3cr3t", "s3cr3t"],
  ]);
});

test("nothing that a policy tells of a secret comes out: findings, logs, failures, places of edits", async () => {
  const event = "qemu/migrate";
  const log = { level: "info", message: "is s3cr3t", fields: { s3cr3t: ["s3cr3t"] } } as const;
  const failure = { kind: "exception", message: "Error: s3cr3t", stack: ["s3cr3t (a.ts:1:1)"] } as const;
  const finding = { level: "deny", reason: "not s3cr3t", at: "graphics[@passwd='s3cr3t']" } as const;
  const told: string[] = [];
  const policies: Scripted[] = [
    { name: "a", on: [event], ...SECRETS, run: { findings: [finding], logs: [log], failure } },
    { name: "b", on: [event], ...SECRETS, rewriting: { edits: [], logs: [log], failure } },
    { name: "c", on: [event], ...SECRETS, rewriting: { edits: [{ edit: "remove-element", at: "s3cr3t" }] } },
  ];
  const decision = await decideWith(policies, {
    event,
    document: withPassword("s3cr3t"),
    onDenial: ({ reason, at }) => told.push(reason, at ?? ""),
  });
  assert.equal(decision.failures.length, 3);
  assert.equal(decision.logs.length, 2);
  const all = JSON.stringify([decision, told, stderrLines(decision), decisionLine(decision)]);
  assert.ok(!all.includes("s3cr3t"), all);
  assert.deepEqual(told, [`not ${MASK}`, `graphics[@passwd='${MASK}']`]);
  assert.deepEqual(decision.logs[0]?.fields, { [MASK]: [MASK] });
});

test("no password makes anything else of a denial or a failure", async () => {
  for (const password of ["deny", "enforce", "kill", "a", "timeout", "policy", "level"]) {
    const policies = [
      { name: "a", ...SECRETS, run: DENIES },
      { name: "b", ...SECRETS, run: fails("timeout") },
    ];
    const document = withPassword(password);
    const { status, findings, failures } = await decideWith(policies, { document });
    assert.equal(status, 1, password);
    const [{ policy, level, mode } = {}] = findings;
    assert.deepEqual([policy, level, mode, failures[0]?.kind], ["a", "deny", "enforce", "timeout"], password);
    assert.equal((await decideWith(policies.slice(1), { document })).status, 2, password);
  }
});

test("a document that is refused is refused without its secrets", async () => {
  const document = withPassword("s3cr3t").replace("2097152", "s3cr3t");
  await assert.rejects(decideWith([{ name: "a", ...SECRETS }], { document }), {
    code: "number",
    line: 4,
    message: /^Cannot read <memory>: "\*{8}" is not a number/,
  });
});

test("a policy that sees a mask leaves the password where it is", async () => {
  const edits = [{ edit: "set-attribute", at: "devices/graphics[1]/@port", value: "5901" }] as const;
  const { document } = await answerWith([{ name: "a", on: ["qemu/migrate"], rewriting: { edits } }], {
    event: "qemu/migrate",
    document: withPassword("s3cr3t"),
  });
  assert.equal(Buffer.from(document ?? []).toString(), withPassword("s3cr3t").replace("'-1'", "'5901'"));
});

test("a policy that sees a mask cannot make it the password", async () => {
  const element = { name: "graphics", attributes: { type: "vnc", passwd: MASK }, children: [] };
  const edits = [
    { edit: "remove-element", at: "devices/graphics[1]" },
    { edit: "add-element", at: "devices", element },
  ] as const;
  const policy = { name: "a", on: ["qemu/migrate"], rewriting: { edits } } as const;
  const where = { event: "qemu/migrate", document: withPassword("s3cr3t") } as const;
  const { decision, document } = await answerWith([policy], where);
  assert.deepEqual([decision.status, document, decision.failures[0]?.kind], [2, undefined, "invalid"]);
  assert.match(decision.failures[0]?.message ?? "", /^add-element at devices would write the mask of a secret; /);
  // with nothing behind it, it is a text like any other
  const plain = { ...where, document: withPassword("") };
  assert.notEqual((await answerWith([policy], plain)).document, undefined);
});

test("a rewriting that sets a password keeps it out of what the result's checks tell", async () => {
  const edits = [{ edit: "set-attribute", at: "devices/graphics[1]/@passwd", value: "n3w" }] as const;
  const reason = { findings: [{ level: "deny", reason: "old s3cr3t, new n3w" }] } as const;
  const decision = await decideWith(
    [{ name: "a", on: ["qemu/migrate"], ...SECRETS, rewriting: { edits }, run: reason }],
    { event: "qemu/migrate", document: withPassword("s3cr3t") },
  );
  assert.equal(decision.findings[0]?.reason, `old ${MASK}, new ${MASK}`);
});

const GUESTS = { needs: ["guests"] } as const;

/** The files of guests that run, as the root side gives them. */
function running(...names: readonly string[]): string {
  const files = names.map((name) => {
    const document = guest("<devices><graphics type='vnc' passwd='s3cr3t'/></devices>", name);
    const own = document.replace(/<uuid>\w{8}/, `<uuid>${Buffer.from(name.padEnd(4, "_")).toString("hex")}`);
    return `/run/virt-warden/starts/qemu.${name}\n${own.replace(/^/gm, "|")}\n`;
  });
  return files.join("");
}

/** The names of the guests that each policy sees; undefined where it sees none of them. */
async function guestsSeen(policies: readonly Scripted[], circumstances: Circumstances): Promise<unknown[]> {
  const seen: CheckInput[] = [];
  await decideWith(policies, { ...circumstances, seen });
  return seen.map(({ context }) => {
    const { guests } = context.host as { guests?: { name: string }[] };
    return guests?.map(({ name }) => name);
  });
}

test("the running guests are there for a policy that asks, read once, without their secrets", async () => {
  const policies = [{ name: "a" }, { name: "b", ...GUESTS }, { name: "c", needs: ["guests", "secrets"] as const }];
  const guests = running("db1", "db2");
  assert.deepEqual(await guestsSeen(policies, { guests }), [undefined, ["db1", "db2"], ["db1", "db2"]]);
  const seen: CheckInput[] = [];
  await decideWith(policies, { guests, seen });
  assert.ok(!JSON.stringify(seen).includes("s3cr3t"));
  const [host] = seen.map(({ context }) => context.host as Record<string, unknown>);
  const { hostname, cpus, memory } = host ?? {};
  assert.ok(typeof hostname === "string" && Number(cpus) > 0 && Number(memory) > 2 ** 20);
});

test("the running guests are not read where no policy that is to run asks for them", async () => {
  const failed = new Map([["a", { kind: "timeout", message: "m" }]] as const);
  const policies = [{ name: "a", ...GUESTS }, { name: "b", ...GUESTS, mode: "off" as const }, { name: "c" }];
  assert.deepEqual(await guestsSeen(policies, { failed }), [undefined]);
  await assert.rejects(decideWith(policies), { name: "EngineFailure", code: "state" });
});

test("at a rewriting they are read once for rewriting and judging", async () => {
  const edits = [{ edit: "set-attribute", at: "vcpu/@current", value: "1" }] as const;
  const policy = { name: "a", on: ["qemu/migrate"] as const, ...GUESTS, rewriting: { edits } };
  assert.deepEqual(await guestsSeen([policy], { event: "qemu/migrate", guests: running("db1") }), [["db1"], ["db1"]]);
});

test("the guest that the event is about is not among them, nor a port's owner", async () => {
  const own = `/run/virt-warden/starts/qemu.own\n${guest().replace(/^/gm, "|")}\n`;
  const guests = running("db1") + own;
  assert.deepEqual(await guestsSeen([{ name: "a", ...GUESTS }], { guests }), [["db1"]]);
  const event = "network/port-created";
  const port = { event, document: hookData(PORT), guests } as const;
  assert.deepEqual(await guestsSeen([{ name: "a", on: [event], ...GUESTS }], port), [["db1"]]);
});
