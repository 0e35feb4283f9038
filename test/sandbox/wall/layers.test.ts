import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import type { Built } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { LAYERS, type Layer } from "./layers.ts";
import { needsLayers } from "./needs-layers.ts";
import { makeProduct } from "./product.ts";
import { buildHonest, probe, probeByEval } from "./run-probe.ts";
import { makeSurroundings, type Surroundings } from "./surroundings.ts";

describe("each layer of the wall stops something", { ...needsRoot(), concurrency: 2 }, () => {
  let on: Surroundings;
  let built: Built;
  before(async () => {
    on = await makeSurroundings();
    built = await buildHonest(10);
  });
  after(() => on[Symbol.asyncDispose]());

  for (const layer of LAYERS) {
    test(layer.name, async (context: TestContext) => {
      if (layer.optional !== undefined && (await needsLayers(context, layer.optional))) return;
      const { beside = [], away } = layer;
      assertFound(await tryAgainst(layer, beside), layer.stopped, "the whole wall");
      assertFound(await tryAgainst(layer, [...beside, away]), layer.through, "without the layer");
    });
  }

  async function tryAgainst({ by, attempt, call }: Layer, edits: Parameters<typeof makeProduct>[1]): Promise<string> {
    const product = await makeProduct("probe.cjs", edits);
    const tryIt = by === "eval" ? probeByEval : probe;
    return tryIt(product, built, attempt(on), call?.(on));
  }
});

function assertFound(found: string, expected: string | RegExp, behind: string): void {
  if (typeof expected === "string") assert.equal(found, expected, behind);
  else assert.match(found, expected, behind);
}
