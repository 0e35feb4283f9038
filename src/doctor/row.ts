/** How a check went. What is skipped could not be looked at, and says why. */
export type RowStatus = "ok" | "warning" | "fault" | "skipped";

/** What one check found; a fault means that enforcement is not in force. */
export interface Row {
  readonly check: string;
  readonly status: RowStatus;
  readonly detail: string;
  /** The command or step that mends it. */
  readonly mend?: string;
}

/** What is as it should be. */
export function ok(check: string, detail: string): Row {
  return { check, status: "ok", detail };
}

/** What deserves a look, and leaves enforcement in force; without a mend where there is nothing to do. */
export function warning(check: string, detail: string, mend?: string): Row {
  return { check, status: "warning", detail, ...(mend === undefined ? {} : { mend }) };
}

/** What keeps enforcement from being in force, and what mends it. */
export function fault(check: string, detail: string, mend: string): Row {
  return { check, status: "fault", detail, mend };
}

/** What could not be looked at, and why. */
export function skipped(check: string, detail: string): Row {
  return { check, status: "skipped", detail };
}
