import { type BreakGlass, parseNotice } from "../break-glass/notice.ts";
import type { RunMode } from "./runner.ts";

/** What the wall's outer side (`bin/evaluate.sh`) tells the evaluator, parsed. */
export interface EvaluatorWords {
  readonly command: string;
  /** SHA-256 of the manifest, in hex. */
  readonly digest: string;
  /** When the wall ends this process, in milliseconds since its start. */
  readonly endsAt: number;
  readonly mode: RunMode;
  /** The policy that ran when an earlier process died; empty for none. */
  readonly suspect: string;
  /** Policies that failed in an earlier process: `name:kind` by commas. */
  readonly failed: string;
  /** Policies that denied in an earlier process. */
  readonly denied: readonly string[];
  /** Layers of the wall that this host cannot give. */
  readonly skippedLayers: readonly string[];
  /** Descriptors that the caller left open. */
  readonly inherited: readonly number[];
  /** What is said of break-glass where it is in force. */
  readonly breakGlass: BreakGlass | undefined;
  /** The command's own words. */
  readonly rest: readonly string[];
}

/**
 * Reads the evaluator's words: `COMMAND DIGEST LEFT MODE SUSPECT FAILED DENIED SKIPPED INHERITED GLASS …`,
 * LEFT in centiseconds, GLASS empty or a notice of break-glass.
 */
export function readEvaluatorWords(argv: readonly string[]): EvaluatorWords {
  const [command = "", digest = "", left = "", mode, suspect = "", failed = "", ...lists] = argv;
  const [denied, skipped, inherited, glass = "", ...rest] = lists;
  return {
    command,
    digest,
    endsAt: Number(left) * 10,
    mode: mode === "alone" ? "alone" : "shared",
    suspect,
    failed,
    denied: split(denied, ","),
    skippedLayers: split(skipped, " "),
    inherited: split(inherited, ",").map(Number),
    breakGlass: parseNotice(glass),
    rest,
  };
}

function split(words: string | undefined, separator: string): readonly string[] {
  return words?.split(separator).filter((word) => word !== "") ?? [];
}
