import { isScalar, type Node } from "yaml";
import type { Limits } from "../bundle/manifest.ts";
import { formatDuration, formatSize, parseDuration, parseSize } from "./units.ts";
import type { Entry, YamlFile } from "./yaml-file.ts";

/** A limit's unit, default and range, in milliseconds or bytes. */
interface Quantity {
  readonly parse: (text: string) => number | undefined;
  readonly format: (value: number) => string;
  readonly kind: string;
  readonly initial: number;
  readonly least: number;
  readonly most: number;
}

const duration = { parse: parseDuration, format: formatDuration, kind: "a duration such as 250ms, 1s or 1m" };
const size = { parse: parseSize, format: formatSize, kind: "a size such as 32MiB or 1GiB" };
const QUANTITIES: Readonly<Record<keyof Limits, Quantity>> = {
  time: { ...duration, initial: 1000, least: 10, most: 600_000 },
  memory: { ...size, initial: 32 * 2 ** 20, least: 8 * 2 ** 20, most: 2 ** 30 },
  // less is not enough for the evaluator to start, and to say what it knows
  deadline: { ...duration, initial: 10_000, least: 1000, most: 600_000 },
};

/** Reads `limits`; what is missing or wrong has its default. */
export function readLimits(yaml: YamlFile, node: Node | undefined): Limits {
  const entries = yaml.mapping(node, "limits", Object.keys(QUANTITIES));
  const limits = {
    time: readQuantity(yaml, "time", entries.get("time")),
    memory: readQuantity(yaml, "memory", entries.get("memory")),
    deadline: readQuantity(yaml, "deadline", entries.get("deadline")),
  };
  if (limits.time > limits.deadline) {
    // no deadline is shorter than the default
    yaml.problem(
      entries.get("time")?.key,
      `limits.time (${formatDuration(limits.time)}) is longer than limits.deadline (${formatDuration(limits.deadline)}), ` +
        "which the whole decision has: lower the one or raise the other",
    );
  }
  return limits;
}

function readQuantity(yaml: YamlFile, name: keyof Limits, entry: Entry | undefined): number {
  const { parse, format, kind, initial, least, most } = QUANTITIES[name];
  if (entry === undefined) return initial;
  const value = isScalar(entry.value) ? parse(String(entry.value.source ?? entry.value.value)) : undefined;
  if (value !== undefined && value >= least && value <= most) return value;
  const wanted = value === undefined ? kind : `from ${format(least)} to ${format(most)}`;
  yaml.problem(entry.value ?? entry.key, `limits.${name} must be ${wanted}`);
  return initial;
}
