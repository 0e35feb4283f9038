import assert from "node:assert/strict";
import { test } from "node:test";
import { failedDecision } from "../../src/engine/fail.ts";
import { EVENTS } from "../../src/hook/events.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest, hookData, PORT } from "../support/documents.ts";
import { DENIES, decideWith, fails } from "./decide-with.ts";

/** Where a refusal stops an admission; everywhere else it would hurt what runs, or do nothing. */
const ADMISSIONS = [
  ...["qemu/prepare", "qemu/start", "qemu/migrate", "qemu/restore", "lxc/prepare", "lxc/start"],
  ...["libxl/prepare", "libxl/start", "libxl/migrate", "bhyve/prepare", "bhyve/start"],
  ...["network/start", "network/port-created"],
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
  assert.ok(durations !== undefined && durations.total >= durations.document && durations.document >= 0);
});
