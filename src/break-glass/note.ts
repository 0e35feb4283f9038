import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { jsonText } from "../log/json-text.ts";
import type { BreakGlass } from "./notice.ts";
import { noticeLine } from "./texts.ts";

/** pino's number for the level `warn`. */
const WARN = 40;

/**
 * Notes in the decision log and in syslog that break-glass began or ended.
 *
 * @param log the decision log's path.
 * @returns why the decision log could not be written; undefined where it was.
 */
export function noteBreakGlass(
  action: "begins" | "ends",
  {
    notice,
    log,
    bundle,
  }: { readonly notice: BreakGlass; readonly log: string /** Its digest. */; readonly bundle: string },
): string | undefined {
  const msg = `break-glass ${action}`;
  // as the hook does; a host without syslog has the decision log
  spawnSync("logger", ["-t", "virt-warden"], { input: `${msg}: ${noticeLine(notice)}\n`, timeout: 2000 });
  const line = jsonText({ level: WARN, time: Date.now(), breakGlass: notice, bundle, msg });
  try {
    mkdirSync(dirname(log), { recursive: true, mode: 0o750 });
    appendFileSync(log, `${line}\n`, { mode: 0o640 });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
