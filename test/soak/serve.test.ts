import assert from "node:assert/strict";
import { test } from "node:test";
import { serveSoak } from "./serve-soak.ts";

test("five hundred decisions of one warm evaluator are right and leave nothing behind, as npm run soak:serve makes them", async () => {
  const { problems } = await serveSoak({ decisions: 500, seed: 6, jobs: 4 });
  assert.deepEqual(problems, []);
});
