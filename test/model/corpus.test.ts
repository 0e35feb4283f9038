import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import { compareModel, countLeaves } from "./compare-model.ts";
import { readCorpus } from "./corpus.ts";

describe("a model holds every attribute and text of its document, and nothing else", () => {
  const guests = readCorpus("guests");
  it("of ten guests", () => assert.equal(guests.length, 10));
  for (const { name, root } of guests) {
    it(name, () => {
      const model = buildModel(root, "domain");
      const leaves = compareModel(root, model, "domain");
      assert.ok(leaves > 10, "the document says something");
      assert.equal(countLeaves(model), leaves);
    });
  }
  for (const { name, root } of readCorpus("networks")) {
    it(name, () => {
      const { network, port } = readHookData(root);
      const model = { network, ...(port === undefined ? {} : { networkport: port }) };
      assert.equal(countLeaves(model), compareModel(root, model, "hookData"));
    });
  }
});
