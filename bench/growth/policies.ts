import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import { measure } from "../measure.ts";
import { hookOf } from "../peers.ts";
import { withService } from "../service.ts";
import type { Point } from "../statistics.ts";
import type { GrowthCase } from "./chart.ts";

const COUNTS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Before each warm call, in milliseconds: so much, and so much for each policy's context that is to be made. */
const PAUSE = { fixed: 100, each: 2.5 };

/** Cost against the number of policies. */
export const policyCounts: GrowthCase = {
  id: "growth-policies",
  seconds: [115, 115],
  async run(lab: Lab) {
    const input = await lab.document(USUAL_BYTES);
    const commands = [];
    for (const count of COUNTS) commands.push(hookOf(String(count), (await lab.site(count)).script, input));
    lab.progress("cold");
    const cold = await measure(commands, { rounds: 3, runs: 2, warmup: 0 }, lab);
    const warm: Point[] = [];
    for (const [index, count] of COUNTS.entries()) {
      lab.progress(`warm, ${count} policies`);
      const command = commands.slice(index, index + 1);
      const effort = { rounds: 1, runs: 12, warmup: 2, pause: PAUSE.fixed + PAUSE.each * count };
      const { result } = await withService(await lab.site(count), lab, () => measure(command, effort, lab));
      warm.push({ x: count, times: result.get(String(count))?.times ?? [] });
    }
    const coldPoints = COUNTS.map((x) => ({ x, times: cold.get(String(x))?.times ?? [] }));
    return {
      id: "policies",
      title: "One decision against the number of policies",
      unit: "policies",
      labelOf: String,
      curves: [
        { name: "warm", isOurs: true, points: warm },
        { name: "cold", isOurs: true, points: coldPoints },
      ],
      notes: [
        `A guest of 16 KiB. Before each warm call is a pause of ${PAUSE.fixed} ms and ${PAUSE.each} ms for each policy, in which the evaluator makes fresh contexts ready.`,
      ],
    };
  },
};
