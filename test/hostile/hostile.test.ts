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
 * Where the policy is sure to refuse, only beside the honest denials; that it would have refused alone, with the status
 * that it should, is for `npm run test:hostile`, which judges everything at both.
 */
function operationsFor({ name, outcomes }: HostilePolicy): Operation[] {
  const rule = collection.configuration.rules.find(({ policy }) => policy === name);
  return outcomes.includes("allowed") || rule?.onError === "allow" ? ["prepare", "migrate"] : ["prepare"];
}

test(`the hostile collection has at least ${LEAST} policies, no two of which attempt the same`, () => {
  const { policies } = collection;
  assert.ok(policies.length >= LEAST, `there are ${policies.length}`);
  assert.equal(new Set(policies.map(({ name }) => name)).size, policies.length);
  assert.equal(new Set(policies.map(({ attempts }) => attempts)).size, policies.length);
});

describe("a hostile policy between honest ones is contained", { concurrency: 2 }, () => {
  let built: BuiltCollection;
  before(async () => {
    built = await buildCollection(collection);
  });

  // how late past its own limit is for `npm run test:hostile`, on a machine that does nothing else; the deadline holds here
  for (const policy of collection.policies) {
    test(`${policy.group}/${policy.name}: ${policy.attempts}`, async () => {
      const { problems } = await runAttempt(policy, collection, built, operationsFor(policy));
      assert.deepEqual(problems, []);
    });
  }
});
