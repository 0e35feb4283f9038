import { breakdownOf, countDecided, forgetDecisions } from "../breakdown.ts";
import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import { hookOf, LXML, XMLLINT } from "../peers.ts";
import { withService } from "../service.ts";
import { Stdin } from "../stdin.ts";
import { atMost, type Case, compare, medianOf } from "./comparison.ts";

const WARM = "hook, warm";
const BY_XMLLINT = "sh + xmllint";
const BY_LXML = "python3 + lxml";

/** The warm evaluator with one policy, beside what people use today. */
export const warm: Case = {
  id: "warm",
  seconds: [60, 10],
  async run(lab: Lab) {
    const [site, document] = [await lab.site(1), await lab.document(USUAL_BYTES)];
    const commands = [
      hookOf(WARM, site.script, document),
      hookOf(BY_XMLLINT, XMLLINT, document),
      hookOf(BY_LXML, LXML, document),
    ];
    // what it was asked while it became ready is another case
    const { result, peak } = await withService(site, lab, async () => {
      await forgetDecisions(site);
      return compare(commands, lab.effort({ rounds: 20, runs: 10 }, { rounds: 8, runs: 5 }), lab);
    });
    return {
      title: "warm evaluator, 1 policy",
      notes: [
        `One call after the other, ${Stdin.gap} ms apart: that long the bench takes to have the next document ready.`,
      ],
      subjects: [...result.values()],
      goals: [atMost(result, WARM, 0.2, BY_LXML), atMost(result, WARM, 2, BY_XMLLINT)],
      breakdown: await breakdownOf("warm", site, medianOf(result, WARM)),
      service: { peak, ...(await countDecided(site)) },
    };
  },
};
