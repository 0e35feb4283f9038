import assert from "node:assert/strict";
import { test } from "node:test";
import { Deadline } from "../../src/engine/deadline.ts";
import { failedDecision } from "../../src/engine/fail.ts";
import { EVENTS } from "../../src/hook/events.ts";
import { stderrLines } from "../../src/hook/stderr-lines.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { CheckInput } from "../../src/sandbox/run-policy.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest, hookData, PORT } from "../support/documents.ts";
import { DENIES, decideWith, fails } from "./decide-with.ts";

/** Where a refusal stops an admission; everywhere else it would hurt what runs, or do nothing. */
const ADMISSIONS = [
  ...["qemu/prepare", "qemu/start", "qemu/migrate", "qemu/restore", "lxc/prepare", "lxc/start"],
  ...["libxl/prepare", "libxl/start", "libxl/migrate", "bhyve/prepare", "bhyve/start"],
  ...["network/start", "network/port-created"],
];

/** Where a refusal ends what already runs. */
const ENDINGS = [
  ...["qemu/started", "qemu/reconnect", "qemu/attach", "lxc/started", "lxc/reconnect"],
  ...["libxl/started", "libxl/reconnect", "bhyve/started", "network/started"],
];

const events = Object.keys(EVENTS) as Event[];

function documentOf(event: Event): string {
  if (event.startsWith("daemon/")) return "";
  return event.startsWith("network/") ? hookData(PORT) : guest();
}

test("a denial refuses where something asks for admission, and is recorded at every event", async () => {
  for (const event of events) {
    const decision = await decideWith([{ name: "a", on: [event], run: DENIES }], {
      event,
      document: documentOf(event),
    });
    const isRefused = ADMISSIONS.includes(event);
    assert.equal(decision.status, isRefused ? 1 : 0, event);
    assert.equal(decision.decision, isRefused ? "deny" : "allow", event);
    assert.equal(decision.findings.length, 1, event);
    assert.equal(decision.policies[0]?.outcome, "deny", event);
  }
});

test("an event of a port whose document has none is refused as unreadable", async () => {
  for (const event of ["network/port-created", "network/port-deleted"] as const) {
    const message = `Cannot judge ${event}: <hookData> holds no <networkport>, which this event is about`;
    const decided = decideWith([{ name: "a", on: [event], run: {} }], { event, document: hookData() });
    await assert.rejects(decided, { name: "DocumentError", code: "wrong-root", message });
  }
});

test("a failing policy refuses at the same events, and is recorded at every event", async () => {
  for (const event of events) {
    const policy = { name: "a", on: [event], run: fails("timeout") };
    const decision = await decideWith([policy], { event, document: documentOf(event) });
    assert.equal(decision.status, ADMISSIONS.includes(event) ? 2 : 0, event);
    assert.equal(decision.failures.length, 1, event);
  }
});

test("an engine failure refuses at the same events, and is recorded at every event", () => {
  for (const event of events) {
    const [hook = "", operation = ""] = event.split("/");
    const decision = failedDecision([hook, "g", operation, "begin", "-"], new Error("broken"), "d1ce", false);
    assert.equal(decision.status, ADMISSIONS.includes(event) ? 3 : 0, event);
    assert.deepEqual(decision.error, { code: "evaluator", message: "broken" });
  }
});

test("a denial that is meant where it ends what runs takes effect there as well, and nowhere else", async () => {
  for (const event of events) {
    const policy = { name: "a", on: [event], whenRunning: "kill", run: DENIES } as const;
    const { status, decision, findings } = await decideWith([policy], { event, document: documentOf(event) });
    const isEnding = ENDINGS.includes(event);
    assert.equal(status, isEnding || ADMISSIONS.includes(event) ? 1 : 0, event);
    assert.equal(decision, status === 0 ? "allow" : "deny", event);
    assert.equal(findings[0]?.whenRunning, isEnding ? "kill" : undefined, event);
    const spared = await decideWith([policy], { event, document: documentOf(event), spares: true });
    assert.equal(spared.status, 0, event);
  }
});

test("where it ends what runs, nothing but a binding denial of such a policy counts", async () => {
  const event = "qemu/started";
  const means = { on: [event], whenRunning: "kill" } as const;
  const harmless = [
    { name: "a", on: [event], run: DENIES },
    { name: "b", ...means, mode: "warn", run: DENIES },
    { name: "c", ...means, mode: "audit", run: DENIES },
    { name: "d", ...means, exempt: [{ domain: "*", reason: "r" }], run: DENIES },
    { name: "e", ...means, run: fails("timeout") },
    { name: "f", ...means, run: fails("exception") },
    { name: "g", ...means, run: { findings: [{ level: "warn", reason: "odd" }] } },
  ] as const;
  const allowed = await decideWith(harmless, { event });
  assert.deepEqual([allowed.status, allowed.decision, allowed.findings.length], [0, "allow", 5]);
  assert.ok(allowed.findings.every(({ whenRunning }) => whenRunning === undefined));

  const killed = await decideWith([...harmless, { name: "z", ...means, run: DENIES }], { event });
  assert.deepEqual([killed.status, killed.decision], [1, "deny"]);
  assert.deepEqual(stderrLines(killed), [
    "virt-warden: only logged at qemu/started: denied by a: wrong",
    "virt-warden: denied by z: wrong",
    "virt-warden: only logged at qemu/started: policy e failed: a timeout",
    "virt-warden: only logged at qemu/started: policy f failed: a exception",
    "virt-warden: warning by b: wrong",
    "virt-warden: warning by g: odd",
  ]);
  assert.equal(JSON.parse(decisionLine(killed)).msg, "denied");
});

test("a denial that is meant so counts although time ran out after it", async () => {
  const event = "qemu/reconnect";
  const deadline = new Deadline();
  const endless = {
    get findings(): never[] {
      deadline.end();
      return [];
    },
  };
  const decision = await decideWith(
    [
      { name: "a", on: [event], whenRunning: "kill", run: DENIES },
      { name: "b", on: [event], run: endless },
    ],
    { event, deadline },
  );
  assert.deepEqual([decision.status, decision.error?.code], [1, "deadline"]);
  assert.deepEqual(stderrLines(decision), [
    "virt-warden: only logged at qemu/reconnect: engine failure: out of time before every policy ran, while policy b did",
    "virt-warden: denied by a: wrong",
  ]);
  assert.equal(JSON.parse(decisionLine(decision)).msg, "denied");
});

test("a policy's context has the parts of its event's kind", async () => {
  const parts: Readonly<Record<string, readonly string[]>> = { network: ["network", "port"], daemon: [] };
  for (const event of events) {
    const seen: CheckInput[] = [];
    await decideWith([{ name: "a", on: [event] }], { event, document: documentOf(event), seen });
    const { event: named, hook, operation, suboperation, object, now, host, extra, ...rest } = seen[0]?.context ?? {};
    assert.equal(named, event);
    assert.equal(`${hook}/${operation}`, event);
    assert.deepEqual(Object.keys(rest), parts[String(hook)] ?? ["domain"], event);
    assert.ok(typeof now === "number" && Math.abs(now - Date.now()) < 60_000);
    assert.equal(seen[0]?.xml === "", hook === "daemon", event);
    const isEnd = ["stopped", "release"].includes(String(operation));
    const starts = hook === "daemon" && operation !== "reload" ? "-" : "begin";
    assert.equal(suboperation, isEnd ? "end" : starts, event);
    assert.ok(typeof extra === "string" && typeof object === "string" && host !== undefined, event);
  }
});

test("an event of bhyve's without its document is refused as one, with what to do", async () => {
  for (const event of ["bhyve/prepare", "bhyve/stopped"] as const) {
    await assert.rejects(decideWith([{ name: "a", on: [event] }], { event, document: "" }), {
      code: "empty",
      message: `Cannot judge ${event}: libvirt gave no document, as versions like 9.0 do for bhyve; use one that does, such as 11.3, or let no policy watch ${event}`,
    });
  }
  const { status } = await decideWith([{ name: "a", on: ["bhyve/start"] }], { event: "bhyve/prepare", document: "" });
  assert.equal(status, 0, "nobody watches it");
});

test("a port that a running guest already has is never refused, and the finding is recorded", async () => {
  const event = "network/port-created";
  const policy = { name: "a", on: [event], run: DENIES } as const;
  const decision = await decideWith([policy], { event, document: hookData(PORT), spares: true });
  assert.equal(decision.status, 0);
  assert.equal(decision.findings.length, 1);
});

test("an event that no policy watches is allowed without reading the document", async () => {
  const decision = await decideWith([{ name: "a", run: DENIES }], { event: "qemu/start", document: "no XML at all" });
  assert.equal(decision.status, 0);
  assert.equal(decision.policies[0]?.outcome, "not-watching");
});

test("a policy that is off watches nothing", async () => {
  const decision = await decideWith([{ name: "a", mode: "off", run: DENIES }], { document: "no XML at all" });
  assert.equal(decision.status, 0);
  assert.equal(decision.policies[0]?.outcome, "off");
});

test("a document that no policy needs is not read where others watch other events", async () => {
  const decision = await decideWith(
    [
      { name: "a", on: ["lxc/start"], run: DENIES },
      { name: "b", on: ["qemu/prepare", "lxc/start"], run: DENIES },
    ],
    { event: "lxc/start" },
  );
  assert.deepEqual(
    decision.findings.map(({ policy }) => policy),
    ["a", "b"],
  );
});

test("a decision names its event, guest, uuid and bundle, and has an id of its own", async () => {
  const first = await decideWith([{ name: "a" }], { object: "web1" });
  const second = await decideWith([{ name: "a" }]);
  assert.match(first.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(first.id, second.id);
  const { event, object, uuid, bundle, durations } = second;
  assert.deepEqual([event, object, bundle], ["qemu/prepare", "web1", "d1ce"]);
  assert.equal(uuid, "4dea22b3-1d52-d8f3-2516-782e98ab3fa0");
  assert.ok(durations !== undefined);
  const { total, ...parts } = durations;
  assert.deepEqual(Object.keys(parts), ["document", "model", "contexts", "policies"]);
  const sum = Object.values(parts).reduce((all, part) => all + part, 0);
  assert.ok(parts.document > 0 && Math.abs(sum - total) < 0.1, JSON.stringify(durations));
});
