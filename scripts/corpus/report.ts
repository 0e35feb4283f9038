import { printable } from "../../src/hook/printable.ts";
import { displayPath } from "../../src/user-error.ts";
import { KINDS } from "./read-document.ts";
import type { Failure, Tally } from "./tally.ts";
import { wrap } from "./wrap.ts";

/** How many different failures, and files that are no document, are shown unless all are asked for. */
const SHOWN = 20;

/**
 * What was wrong, the same at one place of several documents once, the most frequent first; then what was counted.
 *
 * @param all Whether to show every failure, and every file that has it.
 */
export function formatReport(tally: Tally, seconds: number, all: boolean): string {
  return [...formatUnread(tally.unread, all), ...formatFailures(tally.failures, all), ...formatCounts(tally, seconds)]
    .map((line) => `${line}\n`)
    .join("");
}

function formatUnread(unread: readonly Failure[], all: boolean): string[] {
  const shown = all ? unread : unread.slice(0, SHOWN);
  const lines = shown.flatMap(({ file, message }) => [
    wrap(`not read: ${printable(displayPath(file))}`),
    wrap(printable(message), 2),
  ]);
  return [...lines, ...andMore(unread.length - shown.length, "files that are no document")];
}

function formatFailures(failures: readonly Failure[], all: boolean): string[] {
  const groups = [...Map.groupBy(failures, kindOfFailure).values()].sort((a, b) => b.length - a.length);
  const shown = all ? groups : groups.slice(0, SHOWN);
  const lines = shown.flatMap((group) => formatGroup(group, all));
  return [...lines, ...andMore(groups.length - shown.length, "different failures; --all shows them")];
}

/** One line of what is wrong, and of where and in which file, the first or all. */
function formatGroup(group: readonly Failure[], all: boolean): string[] {
  const files = new Set(group.map(({ file }) => file)).size;
  const shown = all ? group : group.slice(0, 1);
  const lines = shown.flatMap(({ file, place, message }) => [
    wrap(`failure: ${printable(displayPath(file))}`),
    wrap(printable(place === undefined ? message : `${place}: ${message}`), 2),
  ]);
  return [...lines, ...(all || files === 1 ? [] : [`  and so in ${files - 1} more files`])];
}

/** The same for failures that differ by a position alone. */
function kindOfFailure({ place, message }: Failure): string {
  return `${place ?? ""} ${message}`.replaceAll(/\[\d+\]| at \d+:\d+/g, "[]");
}

function andMore(number: number, what: string): string[] {
  return number > 0 ? [`and ${number} more ${what}`] : [];
}

function formatCounts(tally: Tally, seconds: number): string[] {
  return [
    row("files seen", tally.files),
    row("of another kind", total(tally.skipped)),
    ...formatSkipped(tally.skipped),
    row("not read, of no kind known", tally.unread.length),
    row("documents", total(tally.kinds)),
    ...KINDS.map((kind) => row(`  ${kind}`, tally.kinds.get(kind) ?? 0)),
    row("not schema-valid", tally.invalid),
    row("with what the schema does not know", tally.unknown),
    row("ok", tally.ok),
    row("failing", new Set(tally.failures.map(({ file }) => file)).size),
    row("attribute values and texts found", tally.found),
    row("attribute values and texts missing", tally.missing),
    row("models that compile", tally.compiled),
    row("models that do not compile", tally.notCompiled),
    row("seconds", seconds.toFixed(1)),
  ];
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, number) => sum + number, 0);
}

function formatSkipped(skipped: ReadonlyMap<string, number>): string[] {
  const names = [...skipped].sort(([, a], [, b]) => b - a).map(([name, number]) => `${printable(name)} ${number}`);
  return names.length === 0 ? [] : [wrap(names.join(", "), 2)];
}

function row(name: string, value: number | string): string {
  return `${name.padEnd(36)}${String(value).padStart(9)}`;
}
