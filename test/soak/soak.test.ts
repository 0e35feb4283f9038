import assert from "node:assert/strict";
import { test } from "node:test";
import { soak } from "./soak.ts";

test("forty random decisions are right and leave nothing behind, as npm run soak makes them by the thousand", async () => {
  const tally = await soak({ decisions: 40, seed: 352, from: 0, jobs: 2 });
  assert.deepEqual(tally.problems, []);
  assert.equal(tally.decisions, 40);
});
