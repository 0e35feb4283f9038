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

export function ok(check: string, detail: string): Row {
  return { check, status: "ok", detail };
}

export function warning(check: string, detail: string, mend?: string): Row {
  return { check, status: "warning", detail, ...(mend === undefined ? {} : { mend }) };
}

export function fault(check: string, detail: string, mend: string): Row {
  return { check, status: "fault", detail, mend };
}

export function skipped(check: string, detail: string): Row {
  return { check, status: "skipped", detail };
}
