import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { buildParts, joinParts, type Part } from "../../../scripts/corpus/build-parts.ts";
import { compareModel } from "../../../scripts/corpus/compare-model.ts";
import { compileModels } from "../../../scripts/corpus/compile-models.ts";
import type { DescribedDocuments, Description } from "../../../scripts/generate/description/description.ts";
import { readShapes } from "../../../scripts/generate/description/read-shapes.ts";
import { DESCRIPTION_FILE } from "../../../scripts/generate/outputs.ts";
import { UnknownParts } from "../../../src/model/unknown-content.ts";
import { parse } from "../corpus.ts";
import { writeDocument } from "./write-document.ts";

const SEED = 20_261_122;
const DOCUMENTS = 1000;
const COMPILED = 150;

const project = join(import.meta.dirname, "../../..");
const { documents }: Description = JSON.parse(readFileSync(join(project, DESCRIPTION_FILE), "utf8"));

/** Documents of one kind: what is drawn are the decisions that one is made of, so that a failing one gets small. */
function documentsOf(kind: string, described: DescribedDocuments): fc.Arbitrary<string> {
  const root = readShapes(described).get(kind) ?? assert.fail(`no ${kind}`);
  const prefixes = new Map(Object.entries(described.namespaces).map(([uri, prefix]) => [prefix, uri]));
  return fc.array(fc.nat(2 ** 20), { maxLength: 3000, size: "max" }).map((tape) => {
    let at = 0;
    return writeDocument(root, prefixes, (limit) => (tape[at++] ?? 0) % limit);
  });
}

describe("every document that the description allows", () => {
  for (const [kind, group] of [
    ["domain", "domain"],
    ["network", "network"],
    ["networkport", "network"],
  ] as const) {
    const arbitrary = documentsOf(kind, documents[group] ?? assert.fail(`no ${group}`));

    it(`of the kind ${kind} is in its model whole, and nothing in it is unknown`, () => {
      fc.assert(
        fc.property(arbitrary, (document) => {
          const root = parse(document);
          const unknown = new UnknownParts();
          const model = joinParts(kind, buildParts(kind, root, unknown));
          assert.deepEqual(compareModel(root, model).differences, []);
          assert.equal(unknown.content, undefined);
        }),
        { seed: SEED, numRuns: DOCUMENTS },
      );
    });

    it(`of the kind ${kind} has a model that compiles as its type`, () => {
      const parts = fc.sample(arbitrary, { seed: SEED, numRuns: COMPILED }).flatMap((document): Part[] => {
        return buildParts(kind, parse(document), new UnknownParts());
      });
      assert.deepEqual(compileModels(parts).flat(), []);
    });
  }
});
