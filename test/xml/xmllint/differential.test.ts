import assert from "node:assert/strict";
import { test } from "node:test";
import { runDifferential } from "./differential.ts";
import { hasXmllint } from "./xmllint.ts";

/** run.ts runs more documents, or others. */
const DOCUMENTS = 5000;
const SEED = 20_260_101;
const INSTALL = "xmllint is missing; install it: apt-get install libxml2-utils";

const skip = hasXmllint() || process.env.CI ? false : INSTALL;

test("libxml2 is there to compare with", { skip }, () => {
  assert.ok(hasXmllint(), INSTALL);
});

test("what libxml2 accepts is accepted with the same tree or refused for a reason, and what it refuses is refused", {
  skip,
}, (t) => {
  const tally = runDifferential(DOCUMENTS, SEED);
  for (const line of tally.summary()) t.diagnostic(line);
  assert.equal(tally.disagreements, 0, tally.reports.join("\n"));
  for (const [name, least] of [
    ["accepted by both: same tree", DOCUMENTS / 4],
    ["refused by both: ", DOCUMENTS / 4],
    ["namespace complaints of libxml2, refused: ", DOCUMENTS / 100],
    ["refused by virt-warden alone: ", DOCUMENTS / 100],
  ] as const) {
    assert.ok(tally.count(name) >= least, `too few documents were ${name}${tally.count(name)} of ${DOCUMENTS}`);
  }
});
