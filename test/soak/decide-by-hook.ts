import type { Decision } from "../../src/engine/decision.ts";
import { LAUNCHER, start } from "../support/launcher.ts";
import type { Trial } from "./compose.ts";
import type { DecisionLog } from "./decision-log.ts";
import { inTime, type Verdict } from "./verdict.ts";
import { wordsOf } from "./words.ts";

/** Decides by the launcher, as libvirt's call ends in it. */
export async function decideByHook(trial: Trial, folder: string, log: DecisionLog): Promise<Verdict> {
  const before = log.size();
  const words = ["hook", "--bundle", folder, ...wordsOf(trial)];
  const { child, ended } = start(LAUNCHER, words, trial.document.bytes);
  const { status, stdout, stderr } = await inTime(ended, () => child.kill("SIGKILL"));
  const lines = log.linesAbout(trial.guest, before);
  return {
    status,
    decision: lines[0] === undefined ? undefined : (JSON.parse(lines[0]) as Decision),
    stderr,
    problems: [
      ...(stdout === "" ? [] : ["something on stdout"]),
      ...(lines.length <= 1 ? [] : [`${lines.length} lines in the decision log`]),
    ],
  };
}
