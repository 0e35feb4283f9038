import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { guest, USUAL_BYTES } from "../documents.ts";
import { LAUNCHER, type Lab } from "../lab.ts";
import { LXML, ONE_BY_ONE, PREPARE } from "../peers.ts";
import { type Case, compare, type Goal, medianOf } from "./comparison.ts";

const AUDIT = "virt-warden audit";
const BY_LXML = "python3 + lxml for each";
const POLICIES = 16;

/** All guests of a large site at once. */
export const audit: Case = {
  id: "audit",
  seconds: [80, 15],
  async run(lab: Lab) {
    const [count, few] = lab.isQuick ? [500, 20] : [2000, 100];
    const { bundle } = await lab.site(POLICIES);
    const [all, some] = [await guests(lab, count), await guests(lab, few)];
    const ours = { name: AUDIT, words: [LAUNCHER, "audit", "--bundle", bundle, "--json", all] };
    const peer = { name: BY_LXML, words: [ONE_BY_ONE, some, LXML, ...PREPARE] };
    // what told their memory has warmed them
    const effort = lab.effort({ rounds: 2, runs: 2, warmup: 0 }, { rounds: 1, runs: 2, warmup: 0 });
    const subjects = await compare([ours, peer], effort, lab);
    const rate = (1000 * count) / medianOf(subjects, AUDIT);
    const peerRate = (1000 * few) / medianOf(subjects, BY_LXML);
    const goals: Goal[] = [
      { of: AUDIT, beside: BY_LXML, value: rate / peerRate, limit: 10, kind: "times-as-many" },
      { of: AUDIT, value: rate, limit: 200, kind: "a-second" },
    ];
    return {
      title: `audit of ${count} documents with ${POLICIES} policies`,
      notes: [
        `All processes of the audit, from its start to its end. The script with lxml, which does one check, ran for ${few} of the documents, one after the other; ${peerRate.toFixed(1)} a second.`,
      ],
      subjects: [...subjects.values()],
      goals,
    };
  },
};

/** A folder of so many guests, each with a name of its own. */
async function guests(lab: Lab, count: number): Promise<string> {
  const folder = join(lab.folder, `guests-${count}`);
  await mkdir(folder);
  for (let index = 0; index < count; index += 1) {
    const name = `web${index}`;
    await writeFile(join(folder, `${name}.xml`), guest(USUAL_BYTES, { name }));
  }
  return folder;
}
