import { breakdownOf, forgetDecisions } from "../breakdown.ts";
import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import { emptyNode, hookOf, launcherOf } from "../peers.ts";
import { atMost, type Case, compare, medianOf } from "./comparison.ts";

const SCRIPT = "hook, cold";
const LAUNCHED = "virt-warden hook, cold";
const EMPTY = "empty node";

/** No evaluator runs: a process of its own decides, inside the whole wall. */
export const cold: Case = {
  id: "cold",
  seconds: [80, 10],
  async run(lab: Lab) {
    const [site, document] = [await lab.site(1), await lab.document(USUAL_BYTES)];
    const commands = [
      hookOf(SCRIPT, site.script, document),
      launcherOf(LAUNCHED, site, document),
      emptyNode(EMPTY, await lab.file("empty.cjs", "")),
    ];
    await forgetDecisions(site);
    const subjects = await compare(commands, lab.effort({ rounds: 15, runs: 4 }, { rounds: 6, runs: 2 }), lab);
    return {
      title: "no evaluator running, bundle built, wall included",
      notes: [
        "`empty node` is `node --no-node-snapshot --jitless` on an empty file, by the Node that virt-warden brings.",
      ],
      subjects: [...subjects.values()],
      goals: [SCRIPT, LAUNCHED].map((name) => atMost(subjects, name, 1.4, EMPTY)),
      breakdown: await breakdownOf("cold", site, medianOf(subjects, SCRIPT)),
    };
  },
};
