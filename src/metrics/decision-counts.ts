import { isEvent } from "../hook/events.ts";
import { isBinding, type LoggedDecision } from "../log/read/logged.ts";
import type { Family, Sample } from "./family.ts";
import { Histogram } from "./histogram.ts";

/** What is counted of a decision. */
export type CountedDecision = Pick<
  LoggedDecision,
  "event" | "decision" | "findings" | "failures" | "error" | "durations"
>;

/** What is counted, and by which labels. */
const COUNTERS = {
  decisions: { labels: ["event", "decision"], help: "Decisions, by libvirt's event and what came of it." },
  denials: { labels: ["policy"], help: "Denials that bind, by policy." },
  warnings: { labels: ["policy"], help: "Warnings, and denials of policies that do not enforce." },
  exempt_findings: { labels: ["policy"], help: "Findings that an exemption took the effect of." },
  policy_failures: { labels: ["policy", "kind"], help: "Policies that could not judge, by how they failed." },
  engine_failures: { labels: ["code"], help: "Decisions that virt-warden itself could not make, by why." },
} as const;

type Counter = keyof typeof COUNTERS;

const POLICY = /^[a-z0-9-]{1,200}$/;
const WORD = /^[a-z-]{1,40}$/;

/** How many sets of labels there are at most; more are counted as `other`. */
const MAX_SETS = 5000;

/** Counts of decisions that only grow. */
export class DecisionCounts {
  /** By the counter and its labels' values. */
  readonly #counts: Map<string, number>;
  readonly #durations: Histogram;
  /** When the last one was, in milliseconds since 1970. */
  #last: number | undefined;

  constructor(counts: ReadonlyMap<string, number> = new Map(), durations = new Histogram(), last?: number) {
    this.#counts = new Map(counts);
    this.#durations = durations;
    this.#last = last;
  }

  /** When the last decision was, in milliseconds since 1970. */
  get last(): number | undefined {
    return this.#last;
  }

  /** @param time When, in milliseconds since 1970. */
  add({ event, decision, findings, failures, error, durations }: CountedDecision, time: number): void {
    this.#last = Math.max(this.#last ?? time, time);
    // an operation that libvirt does not have may be called anything
    this.#count("decisions", 1, isEvent(event) ? event : OTHER, decision);
    for (const finding of findings) {
      const counter = finding.exempt ? "exempt_findings" : isBinding(finding) ? "denials" : "warnings";
      this.#count(counter, finding.more ?? 1, known(finding.policy, POLICY));
    }
    for (const { policy, kind, more } of failures)
      this.#count("policy_failures", more ?? 1, known(policy, POLICY), known(kind, WORD));
    if (error !== undefined) this.#count("engine_failures", 1, known(error.code, WORD));
    if (durations !== undefined) this.#durations.add(((durations.process ?? 0) + durations.total) / 1000);
  }

  /** @param prefix What the families' names begin with. */
  families(prefix = "virt_warden"): readonly Family[] {
    const last = this.#last === undefined ? [] : [{ value: this.#last / 1000 }];
    return [
      ...Object.keys(COUNTERS).map((counter) => this.#family(prefix, counter as Counter)),
      {
        name: `${prefix}_decision_duration_seconds`,
        type: "histogram",
        unit: "seconds",
        help: "How long decisions took, with the start of a process where each has its own.",
        samples: this.#durations.samples,
      },
      {
        name: `${prefix}_last_decision_timestamp_seconds`,
        type: "gauge",
        unit: "seconds",
        help: "When the last decision was, in seconds since 1970.",
        samples: last,
      },
    ];
  }

  #family(prefix: string, counter: Counter): Family {
    const { labels, help } = COUNTERS[counter];
    const samples = [...this.#counts].flatMap(([key, value]): readonly Sample[] => {
      const [name, ...values] = JSON.parse(key) as readonly string[];
      if (name !== counter) return [];
      return [{ labels: Object.fromEntries(labels.map((label, index) => [label, values[index] ?? ""])), value }];
    });
    return { name: `${prefix}_${counter}`, type: "counter", help, samples };
  }

  #count(counter: Counter, count: number, ...values: readonly string[]): void {
    const wanted = JSON.stringify([counter, ...values]);
    const isNew = !this.#counts.has(wanted);
    const key = isNew && this.#counts.size >= MAX_SETS ? JSON.stringify([counter, ...values.map(() => OTHER)]) : wanted;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  toJSON(): unknown {
    return { counts: Object.fromEntries(this.#counts), durations: this.#durations, last: this.#last };
  }

  /** Reads what `toJSON` gave; undefined for anything else. */
  static read(value: unknown): DecisionCounts | undefined {
    const { counts, durations, last } = (value ?? {}) as Readonly<Record<string, unknown>>;
    const histogram = Histogram.read(durations);
    if (typeof counts !== "object" || counts === null || histogram === undefined) return undefined;
    if (last !== undefined && typeof last !== "number") return undefined;
    const entries = Object.entries(counts);
    if (!entries.every(([key, count]) => isKey(key) && Number.isSafeInteger(count) && count >= 0)) return undefined;
    return new DecisionCounts(new Map(entries), histogram, last);
  }
}

const OTHER = "other";

function known(text: string, pattern: RegExp): string {
  return pattern.test(text) ? text : OTHER;
}

function isKey(key: string): boolean {
  try {
    const [counter, ...values] = JSON.parse(key);
    return Object.hasOwn(COUNTERS, counter) && values.length === COUNTERS[counter as Counter].labels.length;
  } catch {
    return false;
  }
}
