import { countDecided, forgetDecisions } from "../breakdown.ts";
import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import type { Effort } from "../measure.ts";
import { hookOf } from "../peers.ts";
import { withService } from "../service.ts";
import { Stdin } from "../stdin.ts";
import { atMost, type Case, compare, type Subject } from "./comparison.ts";

/** What there is between two starts on a busy host, in milliseconds, and long enough to make 100 contexts. */
const PAUSE = 300;

const ONE = "1 policy";
const HUNDRED = "100 policies";
const AT_ONCE = ", without a pause";

/** A hundred policies that read a few fields each, instead of one. */
export const manyPolicies: Case = {
  id: "policies-100",
  seconds: [95, 20],
  async run(lab: Lab) {
    const [one, hundred] = [await lab.site(1), await lab.site(100)];
    const document = await lab.document(USUAL_BYTES);
    const commands = (after: string) => [
      hookOf(`${ONE}${after}`, one.script, document),
      hookOf(`${HUNDRED}${after}`, hundred.script, document),
    ];
    await forgetDecisions(one);
    await forgetDecisions(hundred);
    const { result: subjects, peak } = await withService(hundred, lab, async () => {
      const { result } = await withService(one, lab, async () => {
        const measured = async (after: string, effort: Effort): Promise<[string, Subject][]> => [
          ...(await compare(commands(after), effort, lab)),
        ];
        const paused = lab.effort({ rounds: 10, runs: 5, pause: PAUSE }, { rounds: 5, runs: 3, pause: PAUSE });
        const unpaused = lab.effort({ rounds: 10, runs: 5 }, { rounds: 5, runs: 3 });
        return new Map([...(await measured("", paused)), ...(await measured(AT_ONCE, unpaused))]);
      });
      return result;
    });
    return {
      title: "warm, 100 policies that read a few fields each, instead of 1",
      notes: [
        `Before each call is a pause of ${PAUSE} ms, in which the evaluator makes fresh contexts ready, as it does between two starts on a host. Without it, calls are ${Stdin.gap} ms apart, and a decision may have to wait for its contexts.`,
      ],
      subjects: [...subjects.values()],
      goals: [atMost(subjects, HUNDRED, 2, ONE)],
      service: { peak, ...(await countDecided(one, hundred)) },
    };
  },
};
