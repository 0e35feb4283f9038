import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromListener } from "../../src/service/messages.ts";
import { readMessage } from "../../src/service/read-message.ts";

const DIGEST = "ab".repeat(32);

const SAID: readonly FromListener[] = [
  { type: "up" },
  { type: "taken", id: 1 },
  { type: "ready", id: 7 },
  { type: "used", id: 7, reason: "it ended", wasWarmingUp: false },
  { type: "serving", generation: 2 },
  { type: "look", digest: DIGEST },
  { type: "stopped" },
];

test("what a listener says is read as it is", () => {
  for (const message of SAID) assert.deepEqual(readMessage(message), message);
});

test("anything else, which only one that was taken over says, is no message", () => {
  const others: readonly unknown[] = [
    ...[undefined, null, 5, "ready", [], {}, { type: "stop" }, { type: ["ready"], id: 1 }],
    ...[0, -1, 1.5, "1", undefined, null, {}].map((id) => ({ type: "ready", id })),
    ...[0, "2", undefined].map((generation) => ({ type: "serving", generation })),
    ...["", DIGEST.toUpperCase(), `${DIGEST}\n`, { length: 64 }, undefined].map((digest) => ({ type: "look", digest })),
    { type: "used", id: 1, reason: 7, wasWarmingUp: true },
    { type: "used", id: 1, reason: "x", wasWarmingUp: "no" },
    { type: "used", id: "1", reason: "x", wasWarmingUp: true },
  ];
  for (const message of others) assert.equal(readMessage(message), undefined, JSON.stringify(message));
});

test("of a reason that would fill the journal its beginning is left, and of a message what belongs to it", () => {
  const message = { type: "used", id: 1, reason: "x".repeat(100_000), wasWarmingUp: true, more: DIGEST };
  assert.deepEqual(readMessage(message), { type: "used", id: 1, reason: "x".repeat(500), wasWarmingUp: true });
});
