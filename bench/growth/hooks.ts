import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import { type Effort, measure } from "../measure.ts";
import { hooksAtOnce, LXML, XMLLINT } from "../peers.ts";
import { withService } from "../service.ts";
import type { Curve, GrowthCase } from "./chart.ts";

const COUNTS = [1, 2, 4, 8, 16, 32, 64];

/** Cost against the number of hooks at once. */
export const hooks: GrowthCase = {
  id: "growth-hooks",
  seconds: [105, 105],
  async run(lab: Lab) {
    const [site, input] = [await lab.site(1), await lab.document(USUAL_BYTES)];
    const curve = async (name: string, hook: string, effort: Effort): Promise<Curve> => {
      lab.progress(name);
      const commands = COUNTS.map((count) => hooksAtOnce(String(count), hook, count, input, lab.stdin));
      const samples = await measure(commands, effort, lab);
      const points = COUNTS.map((x) => ({ x, times: samples.get(String(x))?.times ?? [] }));
      return { name, isOurs: hook === site.script, points };
    };
    const cold = await curve("cold", site.script, { rounds: 2, runs: 2, warmup: 0 });
    const { result: warm } = await withService(site, lab, () => curve("warm", site.script, { rounds: 3, runs: 4 }));
    const peers = [
      await curve("sh + xmllint", XMLLINT, { rounds: 3, runs: 4 }),
      await curve("python3 + lxml", LXML, { rounds: 2, runs: 2, warmup: 0 }),
    ];
    return {
      id: "hooks",
      title: "Hooks at once, until the last has its answer",
      unit: "hooks at once",
      labelOf: String,
      curves: [warm, cold, ...peers],
      notes: ["One policy, a guest of 16 KiB. Cold decisions wait for a turn, four to a processor."],
    };
  },
};
