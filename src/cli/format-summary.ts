import { printable } from "../hook/printable.ts";
import type { Summary } from "../log/read/summary.ts";
import { timeText } from "./format-logged.ts";
import { paint } from "./paint.ts";

/** In columns. */
const WIDTH = 80;
const GAP = "  ";

/** A summary of the decision log as tables, 80 columns wide; long names are cut. Coloured only on a terminal. */
export function formatSummary(summary: Summary): string {
  const { first, last, decisions, allowed, denied, refusedBy, breakGlass, policies, failures, slowest } = summary;
  if (first === undefined || last === undefined) return "no decision";
  const why = [
    ...(refusedBy.policy === 0 ? [] : [`${refusedBy.policy} since a policy failed`]),
    ...(refusedBy.engine === 0 ? [] : [`${refusedBy.engine} since virt-warden failed`]),
  ];
  const parts = [
    [
      `${timeText(first)} to ${timeText(last)}`,
      `${decisions} ${decisions === 1 ? "decision" : "decisions"}: ${allowed} allowed, ${denied} denied`,
      ...why.map((each) => `${GAP}${each}`),
      ...(breakGlass === 0 ? [] : [`${GAP}${breakGlass} while the break-glass held`]),
    ],
    table(
      ["policy", "denied", "guests", "warned", "failed", "exempt", "last denial"],
      policies.map(({ name, denied, guests, warned, failed, exempt, lastDenial }) => {
        return [name, denied, guests, warned, failed, exempt, lastDenial === undefined ? "" : minuteText(lastDenial)];
      }),
    ),
    table(
      ["failure", "kind", "count", "last"],
      failures.map(({ policy = "(virt-warden)", kind, count, last }) => [policy, kind, count, minuteText(last)]),
    ),
    table(
      ["slowest", "event", "ms", "when"],
      slowest.map(({ object, event, ms, time }) => [object, event, ms.toFixed(1), minuteText(time)]),
    ),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** A moment, to the minute. */
function minuteText(time: number): string {
  return timeText(time).replace(/:\d\dZ$/, "Z");
}

/** Lines; none without rows. What is a number is flush right; the first column, then the second one, gives room. */
function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = [header, ...rows.map((row) => row.map((cell) => printable(String(cell))))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  for (const column of [0, 1]) {
    const excess = widths.reduce((sum, width) => sum + width + GAP.length, -GAP.length) - WIDTH;
    widths[column] = Math.max(header[column]?.length ?? 0, 12, (widths[column] ?? 0) - Math.max(0, excess));
  }
  const isNumeric = header.map((_, column) => rows.every((row) => /^[\d.]+$/.test(String(row[column]))));
  return cells.map((row, index) => {
    const line = row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const cut = cell.length > width ? `${cell.slice(0, width - 1)}…` : cell;
        return isNumeric[column] ? cut.padStart(width) : cut.padEnd(width);
      })
      .join(GAP)
      .trimEnd();
    return index === 0 ? paint("bold", line) : line;
  });
}
