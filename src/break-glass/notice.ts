/** What is said of break-glass wherever it shows: in each decision, in the logs, by doctor. */
export interface BreakGlass {
  /** When it ends, as `2026-01-31T12:00:00Z`. */
  readonly until: string;
  readonly reason: string;
  /** Who began it. */
  readonly by: string;
}

/** Reads the notice as {@link noticeText} wrote it; undefined for anything else. */
export function parseNotice(text: string): BreakGlass | undefined {
  let notice: Partial<BreakGlass> | null;
  try {
    notice = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { until, reason, by } = notice ?? {};
  if (typeof until !== "string" || typeof reason !== "string" || typeof by !== "string") return undefined;
  return noticeText({ until, reason, by }) === text ? { until, reason, by } : undefined;
}

/** A notice as one line of JSON, its members in the order that `bin/break-glass.sh` expects. */
export function noticeText({ until, by, reason }: BreakGlass): string {
  return JSON.stringify({ until, by, reason });
}
