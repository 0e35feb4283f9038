import type { TestContext } from "node:test";
import { GUEST } from "../../support/launcher.ts";
import { makeProduct } from "./product.ts";
import { buildHonest, callHook, lastLine } from "./run-probe.ts";

let missing: Promise<readonly string[]> | undefined;

/** The layers that this host cannot give, as the decision log names them. */
export function missingLayers(): Promise<readonly string[]> {
  missing ??= findMissing();
  return missing;
}

/** Skips a test where the host lacks a layer, but never in CI, where it must run; whether it did. */
export async function needsLayers(context: TestContext, ...layers: readonly string[]): Promise<boolean> {
  const lacking = (await missingLayers()).filter((layer) => layers.includes(layer));
  if (lacking.length === 0 || process.env.CI !== undefined) return false;
  context.skip(`this host cannot give: ${lacking.join()}`);
  return true;
}

async function findMissing(): Promise<readonly string[]> {
  const built = await buildHonest(10);
  await callHook(await makeProduct("real"), built, GUEST);
  return (JSON.parse(await lastLine(built)) as { skippedLayers?: string[] }).skippedLayers ?? [];
}
