import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DocumentAttempt } from "./attempt.ts";
import { documentAttempts } from "./attempts.ts";
import { endServices, runDocument } from "./run-document.ts";

/** What the project promises at least. */
const LEAST = 40;

test(`there are at least ${LEAST} hostile documents, no two of which attempt the same`, () => {
  assert.ok(documentAttempts.length >= LEAST, `there are ${documentAttempts.length}`);
  assert.equal(new Set(documentAttempts.map(({ name }) => name)).size, documentAttempts.length);
  assert.equal(new Set(documentAttempts.map(({ attempts }) => attempts)).size, documentAttempts.length);
});

const late: DocumentAttempt[] = [];

describe("a hostile document is contained", { concurrency: 2 }, () => {
  for (const attempt of documentAttempts) {
    test(`${attempt.name}, which ${attempt.attempts}`, async () => {
      const result = await runDocument(attempt);
      assert.deepEqual(result.problems, []);
      if (result.late.length > 0) late.push(attempt);
    });
  }
});

// beside others a hook may have to wait for its turn, which is not the decision's time: alone it may not be late
test("a hostile document is judged no later than the deadline and half a second", async () => {
  for (const attempt of late) {
    const result = await runDocument(attempt);
    const last = result.late.length > 0 ? await runDocument(attempt) : result;
    assert.deepEqual(last.late, [], attempt.name);
  }
});

test("nothing is left of the warm evaluators that judged hostile documents", async () => {
  assert.deepEqual(await endServices(), []);
});
