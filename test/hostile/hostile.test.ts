import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { HostilePolicy } from "./attempt.ts";
import { type BuiltCollection, buildCollection } from "./build-collection.ts";
import type { Operation } from "./judge-beside-honest.ts";
import { readCollection } from "./read-collection.ts";
import { runAttempt } from "./run-attempt.ts";

/** What the project promises at least. */
const LEAST = 80;

const collection = await readCollection();

/**
 * Where the policy is sure to refuse, every second one beside the honest denials, and the others where its status is its
 * own, since no honest policy denies there; `npm run test:hostile` judges everything at both.
 */
function operationsFor({ name, outcomes }: HostilePolicy, index: number): Operation[] {
  const rule = collection.configuration.rules.find(({ policy }) => policy === name);
  if (outcomes.includes("allowed") || rule?.onError === "allow") return ["prepare", "migrate"];
  return index % 2 === 0 ? ["prepare"] : ["migrate"];
}

test(`the hostile collection has at least ${LEAST} policies, no two of which attempt the same`, () => {
  const { policies } = collection;
  assert.ok(policies.length >= LEAST, `there are ${policies.length}`);
  assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length);
  assert.equal(new Set(policies.map(({ attempts }) => attempts)).size, policies.length);
});

const late: (readonly [HostilePolicy, readonly Operation[]])[] = [];
let built: BuiltCollection;
before(async () => {
  built = await buildCollection(collection);
});

describe("a hostile policy between honest ones is contained", { concurrency: 2 }, () => {
  for (const [index, policy] of collection.policies.entries()) {
    const operations = operationsFor(policy, index);
    test(`${policy.group}/${policy.name}: ${policy.attempts}`, async () => {
      const { problems, pastDeadline } = await runAttempt(policy, collection, built, operations);
      assert.deepEqual(problems, []);
      if (pastDeadline.length > 0) late.push([policy, operations]);
    });
  }
});

// beside others a hook may have to wait for its turn, which is not the decision's time: alone it may not be late. How
// late past a policy's own limit is for `npm run test:hostile`, on a machine that does nothing else
test("a hostile policy is done with no later than the deadline and half a second", async () => {
  for (const [policy, operations] of late) {
    const { pastDeadline } = await runAttempt(policy, collection, built, operations);
    assert.deepEqual(pastDeadline, [], policy.name);
  }
});
