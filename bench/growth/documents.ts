import type { Lab } from "../lab.ts";
import { measure } from "../measure.ts";
import { hookOf, LXML, XMLLINT } from "../peers.ts";
import { withService } from "../service.ts";
import type { Curve, GrowthCase } from "./chart.ts";

/** In KiB; the last is libvirt's own limit. */
const SIZES = [1, 4, 16, 64, 256, 1024, 4096];

/** What the warm evaluator decides; larger documents are decided cold. */
const WARM_SIZES = SIZES.filter((size) => size <= 1024);

/** Cost against the document's size. */
export const documents: GrowthCase = {
  id: "growth-documents",
  seconds: [95, 95],
  async run(lab: Lab) {
    const { script } = await lab.site(1);
    const few = { rounds: 3, runs: 2, warmup: 0 };
    const more = { rounds: 4, runs: 5 };
    const curve = async (name: string, hook: string, sizes: readonly number[], effort = more): Promise<Curve> => {
      lab.progress(name);
      const commands = await Promise.all(
        sizes.map(async (size) => hookOf(String(size), hook, await lab.document(size * 1024))),
      );
      const samples = await measure(commands, effort, lab);
      const points = sizes.map((x) => ({ x, times: samples.get(String(x))?.times ?? [] }));
      return { name, isOurs: hook === script, points };
    };
    const cold = await curve("cold", script, SIZES, few);
    const site = await lab.site(1);
    const { result: warm } = await withService(site, lab, () => curve("warm", script, WARM_SIZES));
    const peers = [await curve("sh + xmllint", XMLLINT, SIZES), await curve("python3 + lxml", LXML, SIZES)];
    return {
      id: "documents",
      title: "One decision against the document's size",
      unit: "document",
      labelOf: (size) => (size < 1024 ? `${size} KiB` : `${size / 1024} MiB`),
      curves: [warm, cold, ...peers],
      notes: ["One policy. Documents over 1 MiB are not decided by the warm evaluator: there, warm is cold."],
    };
  },
};
