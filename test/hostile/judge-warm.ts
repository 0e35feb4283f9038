import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { comparable } from "../support/comparable.ts";
import type { Ended } from "../support/launcher.ts";
import { LAUNCHER } from "../support/launcher.ts";
import { CLIENT, startWarm, warmScript } from "../support/warm.ts";
import { type Caller, type Judged, judge, type Place } from "./judge-beside-honest.ts";

/** What a warm evaluator made of the calls that were judged without one. */
export interface JudgedWarm {
  /** In the order of the cold ones. */
  readonly judged: readonly Judged[];
  /** What the service answered: `record`, `undecided REASON`, `nothing`. */
  readonly answers: readonly string[];
  /** What the service left behind. */
  readonly left: readonly string[];
}

/**
 * Has the same calls judged by way of a warm evaluator with the same bundle.
 *
 * @param byScript Whether the installed script asks, or the launcher does.
 */
export async function judgeWarm(place: Place, cold: readonly Judged[], byScript: boolean): Promise<JudgedWarm> {
  const service = await startWarm(place.dir);
  try {
    const caller = byScript ? await scriptCaller(place, service.socket) : launcherCaller(place, service.socket);
    const judged: Judged[] = [];
    for (const { operation, guest } of cold) {
      await service.untilReady();
      judged.push(await judge(place, caller, operation, guest));
    }
    const answers = cold.flatMap(({ guest }) => service.answersAbout(guest));
    return { judged, answers, left: await service.stop() };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

function launcherCaller({ dir }: Place, socket: string): Caller {
  return { program: LAUNCHER, words: ["hook", "--bundle", dir, "--socket", socket, "--client", CLIENT, "qemu"] };
}

async function scriptCaller({ dir }: Place, socket: string): Promise<Caller> {
  const program = join(dirname(dir), "qemu");
  await writeFile(program, warmScript("qemu", dir, socket), { mode: 0o755 });
  return { program, words: [] };
}

/** In what a warm call differs from the cold one: in its status, in what it printed, in its line of the decision log. */
export function differences(cold: Called, warm: Called): string[] {
  const problems: string[] = [];
  if (cold.status !== warm.status) problems.push(`its status is ${warm.status} instead of ${cold.status}`);
  const uncounted = withoutChance(cold);
  for (const key of ["stdout", "stderr"] as const) {
    const [before, now] = [uncounted(cold[key]), uncounted(warm[key])];
    if (before !== now) problems.push(`its ${key} is ${shown(now)} instead of ${shown(before)}`);
  }
  const [before, now] = [linesOf(uncounted(cold.log)), linesOf(uncounted(warm.log))];
  if (!isDeepStrictEqual(before, now)) problems.push(`the log has ${shown(now)} instead of ${shown(before)}`);
  return problems;
}

/** What a call came to. */
type Called = Pick<Ended, "status" | "stdout" | "stderr"> & { readonly log: string };

/**
 * How many findings too many a policy made until its time was over is a matter of how fast it was; and where memory ran out,
 * of chance whether V8's heap met its limit first or the process its own, which nobody can tell from a crash.
 */
function withoutChance({ log }: Called): (text: string) => string {
  const withoutEnd = (text: string): string =>
    text.replace(/, or (?:it crashed its process|its process was killed)/g, "");
  if (!log.includes('"kind":"timeout"')) return withoutEnd;
  return (text) =>
    withoutEnd(text)
      .replace(/\d+(?= more \w+ were dropped)/g, "some")
      .replace(/"more":\d+/g, '"more":0');
}

function linesOf(log: string): unknown[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      try {
        return comparable(line);
      } catch {
        return line;
      }
    });
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 2000) ?? "nothing";
}
