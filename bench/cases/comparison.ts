import type { Lab } from "../lab.ts";
import { type Command, type Effort, measure, type Sample } from "../measure.ts";
import { peakOf } from "../memory.ts";

/** What a case measured of one command. */
export interface Subject {
  readonly name: string;
  /** Whose times they are, in words, where not the hook's. */
  readonly sample: Sample;
  /** The peak memory of the largest process, in bytes. */
  readonly peak: number;
}

/** A goal, and how near it is. */
export interface Goal {
  readonly of: string;
  /** Beside what; none for a rate. */
  readonly beside?: string;
  readonly value: number;
  readonly limit: number;
  /** At most so many times as long, at least so many times as many, or at least so many a second. */
  readonly kind: "most" | "times-as-many" | "a-second";
}

/** What a case came to. */
export interface CaseResult {
  readonly title: string;
  /** What to know of how it was measured, for readers. */
  readonly notes: readonly string[];
  readonly subjects: readonly Subject[];
  readonly goals: readonly Goal[];
  /** Where one decision's time went, by the part. */
  readonly breakdown?: Breakdown;
  /** What the warm evaluator did, where there was one. */
  readonly service?: ServiceUse;
}

/** How many decisions there were, and how many of them a process of its own made. */
export interface Decided {
  readonly all: number;
  readonly cold: number;
}

/** What a warm evaluator did, and took. */
export interface ServiceUse extends Decided {
  /** The peak memory of its processes together, in bytes. */
  readonly peak: number;
}

/** Medians in milliseconds, in the order of a decision's course; `whole` is the whole process. */
export interface Breakdown {
  /** How it was decided. */
  readonly way: "cold" | "warm";
  readonly whole: number;
  readonly parts: ReadonlyMap<string, number>;
}

/** One of the goals' table. */
export interface Case {
  /** What `--only` names it by. */
  readonly id: string;
  /** About how many seconds it takes, whole and quick. */
  readonly seconds: readonly [whole: number, quick: number];
  run(lab: Lab): Promise<CaseResult>;
}

/** Measures commands beside each other: first their memory, which warms them, then their times. */
export async function compare(commands: readonly Command[], effort: Effort, lab: Lab): Promise<Map<string, Subject>> {
  const peaks = new Map<string, number>();
  for (const command of commands) peaks.set(command.name, await peakOf(command, lab.tools.hasTime, lab));
  const samples = await measure(commands, effort, lab);
  return new Map(
    [...samples].map(([name, sample]) => [name, { name, sample, peak: peaks.get(name) ?? Number.NaN }] as const),
  );
}

/** The goal that one command takes at most so many times what another does, by the medians. */
export function atMost(subjects: ReadonlyMap<string, Subject>, of: string, limit: number, beside: string): Goal {
  return { of, beside, value: medianOf(subjects, of) / medianOf(subjects, beside), limit, kind: "most" };
}

/** Whether a goal is met. */
export function isMet({ value, limit, kind }: Goal): boolean {
  return kind === "most" ? value <= limit : value >= limit;
}

/** The median of what was measured under a name, in milliseconds. */
export function medianOf(subjects: ReadonlyMap<string, Subject>, name: string): number {
  const subject = subjects.get(name);
  if (subject === undefined) throw new Error(`Cannot compare: nothing was measured as ${name}`);
  return subject.sample.median;
}
