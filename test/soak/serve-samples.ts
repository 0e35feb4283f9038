import { readdirSync } from "node:fs";
import { statusOf } from "../support/process.ts";
import { type ServiceRole, serviceProcesses } from "../support/service-processes.ts";

/** What a service takes at a moment, and how long its answers took since the one before. */
export interface Sample {
  /** How many decisions were made by then. */
  readonly decisions: number;
  /** Resident memory in bytes: of the supervisor and the listener, and the most of one evaluator. */
  readonly memory: Readonly<Record<Watched, number>>;
  /** Of the supervisor and the listener together. */
  readonly descriptors: number;
  readonly processes: number;
  /** In milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

type Watched = Exclude<ServiceRole, "keeper" | "wall">;

const WATCHED: readonly Watched[] = ["supervisor", "listener", "evaluator"];

const MIB = 2 ** 20;

/** How much more of a process's memory the last third of a run may take than the first: a tenth and that many bytes. */
export const MEMORY_TOLERANCE = 16 * MIB;

/** How many times as long the p99 of the last third may be as that of the first, and how many milliseconds more. */
export const P99_FACTOR = 2;
const P99_MARGIN = 10;

/** How many decisions show a growth: in fewer, V8 is still making room for itself, and compiles what is used most. */
export const LEAST_DECISIONS = 10_000;

/** Samples a service. */
export function sampleService(keeper: number, decisions: number, times: readonly number[]): Sample {
  const all = serviceProcesses(keeper);
  const most = (role: Watched) =>
    Math.max(0, ...all.filter((each) => each.role === role).map(({ pid }) => Number(statusOf(pid, "VmRSS")[0] ?? 0)));
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    decisions,
    memory: Object.fromEntries(WATCHED.map((role) => [role, most(role) * 1024])) as Record<Watched, number>,
    descriptors: all
      .filter(({ role }) => role === "supervisor" || role === "listener")
      .reduce((sum, { pid }) => sum + descriptorsOf(pid), 0),
    processes: all.length,
    p50: at(0.5),
    p99: at(0.99),
  };
}

/** A table for people. */
export function sampleTable(samples: readonly Sample[]): string[] {
  const row = (...cells: readonly string[]) => cells.map((cell) => cell.padStart(11)).join("");
  return [
    row("decisions", ...WATCHED.map((role) => `${role} MiB`.slice(-11)), "files", "processes", "p50 ms", "p99 ms"),
    ...samples.map(({ decisions, memory, descriptors, processes, p50, p99 }) =>
      row(
        String(decisions),
        ...WATCHED.map((role) => (memory[role] / MIB).toFixed(1)),
        ...[String(descriptors), String(processes), p50.toFixed(1), p99.toFixed(1)],
      ),
    ),
  ];
}

/** What grew from the first third of a run to the last, by more than it may. */
export function growthProblems(samples: readonly Sample[]): string[] {
  if ((samples.at(-1)?.decisions ?? 0) < LEAST_DECISIONS) return [];
  const third = Math.floor(samples.length / 3);
  const [first, last] = [samples.slice(0, third), samples.slice(-third)];
  const problems: string[] = [];
  for (const role of WATCHED) {
    const [before, now] = [first, last].map((part) => median(part.map(({ memory }) => memory[role]))) as [
      number,
      number,
    ];
    if (now <= before * 1.1 + MEMORY_TOLERANCE) continue;
    problems.push(
      `the ${role} has ${(now / MIB).toFixed(1)} MiB in the last third, ${(before / MIB).toFixed(1)} before`,
    );
  }
  const [before, now] = [first, last].map((part) => median(part.map(({ p99 }) => p99))) as [number, number];
  if (now > before * P99_FACTOR + P99_MARGIN) {
    problems.push(`p99 is ${now.toFixed(1)} ms in the last third, ${before.toFixed(1)} ms in the first`);
  }
  return problems;
}

function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
