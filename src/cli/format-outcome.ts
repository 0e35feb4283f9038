import type { ManifestPolicy } from "../bundle/manifest.ts";
import type { Decision, Failure, Finding, PolicyOutcome, RewriteNote } from "../engine/decision.ts";
import type { Excerpt } from "../explain/excerpt.ts";
import type { Explanation } from "../explain/explain.ts";
import { refusesAnyway } from "../explain/explain-verdict.ts";
import { printable } from "../hook/printable.ts";
import { failureText } from "../hook/stderr-lines.ts";
import { formatExcerpt } from "./format-excerpt.ts";
import { paint, type Style } from "./paint.ts";
import { paragraph, WIDTH } from "./paragraph.ts";

/** Where time ran out before the policy was reached. */
const NOT_JUDGED = "not judged";

const STYLES: Readonly<Record<PolicyOutcome["outcome"] | typeof NOT_JUDGED, Style>> = {
  allow: "green",
  deny: "red",
  warn: "yellow",
  failed: "red",
  "not-watching": "dim",
  off: "dim",
  [NOT_JUDGED]: "red",
};

/** How wide what became of policies is, in columns. */
const COLUMN = "not-watching".length;

const KIB = 1024;

/**
 * What became of one policy, in lines of 80 columns: its outcome, with time and memory; why it had no effect; what it
 * changed, what it found, and how it failed.
 *
 * @param width of policies' names, in columns; a longer one has a line of its own.
 */
export function formatOutcome(
  policy: ManifestPolicy,
  { policies, findings, failures, rewrites = [] }: Decision,
  { policies: explained, excerpts }: Explanation,
  width: number,
): readonly string[] {
  const isOwn = (each: { readonly policy: string }): boolean => each.policy === policy.name;
  const { why, binds = true } = explained.get(policy.name) ?? {};
  const outcome = policies.find(({ name }) => name === policy.name);
  return [
    ...row(policy.name, outcome, why, width),
    ...rewrites.filter(isOwn).flatMap(rewriteLines),
    ...findings.flatMap((finding, index) => (isOwn(finding) ? findingLines(finding, excerpts[index], binds) : [])),
    ...failures.filter(isOwn).flatMap((failure) => failureLines(failure, binds)),
  ];
}

function row(
  name: string,
  outcome: PolicyOutcome | undefined,
  why: string | undefined,
  width: number,
): readonly string[] {
  const names = name.length > width ? [`  ${name}`] : [];
  const what = outcome?.outcome ?? NOT_JUDGED;
  const start = `  ${(names.length > 0 ? "" : name).padEnd(width)}  `;
  const isJudged = outcome !== undefined && what !== "not-watching" && what !== "off";
  const reason = printable(why ?? "");
  const fits = !isJudged && start.length + COLUMN + 2 + reason.length <= WIDTH;
  const beside = isJudged ? `${time(outcome)}  ${memory(outcome)}` : fits ? reason : "";
  const line = `${start}${paint(STYLES[what], what.padEnd(COLUMN))}  ${beside}`.trimEnd();
  return [...names, line, ...(reason === "" || fits ? [] : paragraph(reason, 4))];
}

function time({ ms }: PolicyOutcome): string {
  return `${ms.toFixed(1).padStart(7)} ms`;
}

function memory({ memory: bytes }: PolicyOutcome): string {
  if (bytes === undefined) return "";
  const [size, unit] =
    bytes < KIB * KIB ? [Math.ceil(bytes / KIB).toFixed(0), "KiB"] : [(bytes / KIB / KIB).toFixed(1), "MiB"];
  return `${size.padStart(6)} ${unit}`;
}

function findingLines({ level, reason, at }: Finding, excerpt: Excerpt | undefined, binds: boolean): readonly string[] {
  const style = level === "deny" && binds ? "red" : "yellow";
  const where = excerpt === undefined ? "" : `, ${excerpt.line}:${excerpt.column}`;
  return [
    ...paragraph(`${level}: ${printable(reason)}`, 4, { of: style }),
    ...(at === undefined ? [] : paragraph(`at ${at === "" ? "the root element" : printable(at)}${where}`, 6)),
    ...(excerpt === undefined ? [] : formatExcerpt(excerpt, 8)),
  ];
}

function failureLines(failure: Failure, binds: boolean): readonly string[] {
  const anyway = refusesAnyway(failure) && !binds ? " (it refuses in every mode)" : "";
  const frames = failure.stack ?? [];
  return [
    ...paragraph(`${failureText(failure)}${anyway}`, 4, { of: "red" }),
    ...frames.flatMap((frame) => paragraph(`at ${printable(frame)}`, 6, { of: "dim", isWhole: true })),
  ];
}

function rewriteLines({ edit, at }: RewriteNote): readonly string[] {
  const where = `at ${at === "" ? "the root element" : printable(at)}`;
  return [...paragraph(`rewrite: ${edit}`, 4, { of: "cyan" }), ...paragraph(where, 6)];
}
