import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { CORPUS, run } from "./run-corpus.ts";

describe("the corpus check's usage", () => {
  it("is shown when asked for, with an example", () => {
    const { status, stdout } = run("/", "--help");
    assert.equal(status, 0);
    assert.match(stdout, /Example:\n {2}npm run corpus -- /);
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
  });

  for (const [what, words, said] of [
    ["nothing to check", [], /name a file or folder/],
    ["an unknown option", ["--frobnicate", CORPUS], /--frobnicate/],
    ["a folder that is not there", [join(CORPUS, "missing")], /ENOENT.*missing/],
    ["a folder without schemas", ["--schemas", CORPUS, CORPUS], /holds no domain\.rng/],
  ] as const) {
    it(`is wrong for ${what}`, () => {
      const { status, stderr } = run("/", ...words);
      assert.equal(status, 64);
      assert.match(stderr, said);
      assert.match(stderr, /Usage: npm run corpus/);
    });
  }
});
