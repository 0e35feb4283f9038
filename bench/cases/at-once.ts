import { countDecided, forgetDecisions } from "../breakdown.ts";
import { USUAL_BYTES } from "../documents.ts";
import type { Lab } from "../lab.ts";
import type { Command } from "../measure.ts";
import { hooksAtOnce, LXML, XMLLINT } from "../peers.ts";
import { withService } from "../service.ts";
import { atMost, type Case, compare } from "./comparison.ts";

const COUNT = 16;
const WARM = `${COUNT} hooks, warm`;
const BY_XMLLINT = `${COUNT} × sh + xmllint`;
const BY_LXML = `${COUNT} × python3 + lxml`;

/** As many hooks at once as when a host boots its guests. */
export const atOnce: Case = {
  id: "at-once",
  seconds: [75, 12],
  async run(lab: Lab) {
    const [site, document] = [await lab.site(1), await lab.document(USUAL_BYTES)];
    const command = (name: string, script: string): Command => hooksAtOnce(name, script, COUNT, document, lab.stdin);
    const commands = [command(WARM, site.script), command(BY_XMLLINT, XMLLINT), command(BY_LXML, LXML)];
    await forgetDecisions(site);
    const { result: subjects, peak } = await withService(site, lab, () =>
      compare(commands, lab.effort({ rounds: 8, runs: 4 }, { rounds: 4, runs: 2 }), lab),
    );
    return {
      title: `${COUNT} hooks at once, warm`,
      notes: [`From the start of the first to the end of the last of ${COUNT}, which one shell starts and waits for.`],
      subjects: [...subjects.values()],
      goals: [atMost(subjects, WARM, 1.5, BY_XMLLINT), atMost(subjects, WARM, 0.3, BY_LXML)],
      service: { peak, ...(await countDecided(site)) },
    };
  },
};
