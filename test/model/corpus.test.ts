import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compareModel } from "../../scripts/corpus/compare-model.ts";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import { readCorpus } from "./corpus.ts";

describe("a model holds every attribute, text and element of its document, and nothing else", () => {
  const guests = readCorpus("guests");
  it("of ten guests", () => assert.equal(guests.length, 10));
  for (const { name, root } of guests) {
    it(name, () => {
      const { found, missing, differences } = compareModel(root, buildModel(root, "domain"));
      assert.deepEqual(differences, []);
      assert.equal(missing, 0);
      assert.ok(found > 10, "the document says something");
    });
  }
  for (const { name, root } of readCorpus("networks")) {
    it(name, () => {
      const { network, port } = readHookData(root);
      const model = { network, ...(port === undefined ? {} : { networkport: port }) };
      assert.deepEqual(compareModel(root, model).differences, []);
    });
  }
});
