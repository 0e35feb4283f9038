import assert from "node:assert/strict";
import { test } from "node:test";
import { start } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";

const RUN = new URL("run.ts", import.meta.url).pathname;

test("thirty guests start and end as without a warm evaluator while that is killed, as npm run chaos does it", {
  ...needsRoot(),
  timeout: 300_000,
}, async () => {
  const { status, stdout, stderr } = await start(process.execPath, [RUN, "--starts", "30", "--seed", "7"]).ended;
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /\nnothing wrong, /);
});
