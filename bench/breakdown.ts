import { readFile, rm } from "node:fs/promises";
import type { Durations } from "../src/engine/decision.ts";
import { BenchError } from "./bench-error.ts";
import type { Breakdown, Decided } from "./cases/comparison.ts";
import type { Site } from "./lab.ts";
import { median } from "./statistics.ts";

/** The parts of a decision that the product times, in their order. */
export const PARTS = ["process", "document", "model", "contexts", "policies"] as const;

/** Empties a site's decision log, so that only what comes next is in it. */
export async function forgetDecisions({ log }: Pick<Site, "log">): Promise<void> {
  await rm(log, { force: true });
}

/**
 * Where one decision's time went, by the decision log: medians over its lines. What the product's own clock does not see
 * (shell, client, record, log) is what the whole process took beyond it.
 *
 * @param whole The median of the whole process, in milliseconds.
 * @throws {BenchError} where the log has no decisions of that way.
 */
export async function breakdownOf(way: Breakdown["way"], site: Pick<Site, "log">, whole: number): Promise<Breakdown> {
  const all = (await durationsIn(site)).filter((durations) => isCold(durations) === (way === "cold"));
  if (all.length === 0) throw new BenchError(`no decision was ${way}, by the decision log ${site.log}`);
  const parts = PARTS.filter((name) => all.some((durations) => durations[name] !== undefined));
  return { way, whole, parts: new Map(parts.map((name) => [name, median(all.map((each) => each[name] ?? 0))])) };
}

/** How many decisions the sites' logs have, and how many of them the warm evaluator did not make. */
export async function countDecided(...sites: readonly Pick<Site, "log">[]): Promise<Decided> {
  const all = (await Promise.all(sites.map(durationsIn))).flat();
  return { all: all.length, cold: all.filter(isCold).length };
}

/** What is in no part. */
export function restOf({ whole, parts }: Breakdown): number {
  return whole - [...parts.values()].reduce((sum, value) => sum + value, 0);
}

async function durationsIn({ log }: Pick<Site, "log">): Promise<readonly Durations[]> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n");
  return lines.flatMap((line) => {
    const { durations } = JSON.parse(line) as { durations?: Durations };
    return durations === undefined ? [] : [durations];
  });
}

/** Whether a process of its own decided: that has a start. */
function isCold({ process }: Durations): boolean {
  return process !== undefined;
}
