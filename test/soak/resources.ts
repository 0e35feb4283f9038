import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { spoolFolder } from "../../src/sandbox/spool-folder.ts";
import { filesIn, leftFiles } from "../support/left-files.ts";
import { children, leftProcesses, markProcesses } from "./left-processes.ts";

/** How much more heap the last tenth of a run may take than the second, in bytes. */
const HEAP_TOLERANCE = 1.5 * 2 ** 20;

/** How much more memory, in bytes: what V8 has freed, the system's allocator may keep. */
const RESIDENT_TOLERANCE = 24 * 2 ** 20;

/** How many samples a growth of memory shows in: fewer are no more than V8's own ups and downs. */
const LEAST_SAMPLES = 100;

/** What this process makes, for as long as it takes to open a file in it. */
const OF_THIS_PROCESS = /^virt-warden-\w{6}$/;

/** What a process that was killed, or a file in use, may take to be gone, in milliseconds. */
const GONE = 5000;

/** What is watched in this process, which lives on while thousands of decisions are made. */
export class Resources {
  /** Not ours: nothing was decided yet. */
  readonly #files: ReadonlySet<string>;
  readonly #word: string;
  readonly #descriptors = descriptors();
  /** Such as the compiler that built the bundle. */
  readonly #children = new Set(children());
  readonly #heap: number[] = [];
  readonly #resident: number[] = [];
  readonly #collect: () => void;

  /** @param word What the run's guests have in their names, and no others. */
  constructor(word: string) {
    this.#word = word;
    markProcesses(word);
    this.#files = new Set(this.#shortLivedFiles());
    setFlagsFromString("--expose-gc");
    this.#collect = runInNewContext("gc") as () => void;
  }

  /** Measures memory, after what is no longer needed was freed. */
  sample(): void {
    this.#collect();
    const { heapUsed, rss } = process.memoryUsage();
    this.#heap.push(heapUsed);
    this.#resident.push(rss);
  }

  /** Lines for people: medians of the second tenth of the samples, and of the last. */
  summary(): string[] {
    const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
    const line = (what: string, [before, now]: readonly [number, number]) =>
      `${what}: ${mib(before)} MiB in the second tenth, ${mib(now)} MiB in the last`;
    return [
      line("heap", secondAndLastTenth(this.#heap)),
      line("resident", secondAndLastTenth(this.#resident)),
      `descriptors: ${this.#descriptors} before, ${descriptors()} after`,
    ];
  }

  /** What is left at the end, and what grew. */
  async problems(): Promise<string[]> {
    const left = await untilNone(() => this.#processes());
    const files = await untilNone(() => this.#shortLivedFiles().filter((file) => !this.#files.has(file)));
    const [before, now] = [this.#descriptors, descriptors()];
    return [
      ...left.map((pid) => `a process is left: ${pid}`),
      ...files.map((file) => `a file is left: ${file}`),
      ...(now <= before ? [] : [`${now} descriptors are open instead of ${before}`]),
      ...growth("the heap", this.#heap, HEAP_TOLERANCE),
      ...growth("resident memory", this.#resident, RESIDENT_TOLERANCE),
    ];
  }

  /** The hooks' where a document is in them that has the word, and this process's own. */
  #shortLivedFiles(): string[] {
    return [...filesIn(spoolFolder(), OF_THIS_PROCESS), ...leftFiles((contents) => contents.includes(this.#word))];
  }

  #processes(): number[] {
    return [...new Set([...leftProcesses(this.#word), ...children().filter((pid) => !this.#children.has(pid))])];
  }
}

/** What is still there after a while; what is about to go is waited for. */
async function untilNone<T>(look: () => T[]): Promise<T[]> {
  for (const deadline = performance.now() + GONE; ; await sleep(50)) {
    const left = look();
    if (left.length === 0 || performance.now() > deadline) return left;
  }
}

function descriptors(): number {
  return readdirSync("/proc/self/fd").length;
}

/** Whether there was more of something at the end, where a run was long enough to tell. */
function growth(what: string, samples: readonly number[], tolerance: number): string[] {
  const [before, now] = secondAndLastTenth(samples);
  if (samples.length < LEAST_SAMPLES || now - before <= tolerance) return [];
  return [`${what} grew from ${before} to ${now} bytes`];
}

function secondAndLastTenth(samples: readonly number[]): readonly [number, number] {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  // a single sample is both
  const start = Math.min(tenth, samples.length - 1);
  return [median(samples.slice(start, start + tenth)), median(samples.slice(-tenth))];
}

function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
