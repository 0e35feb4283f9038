/** The runtime of policies that are tested, in place of `runtime.ts`: it knows more of what they do, which takes time. */
import { setClock } from "./clock.ts";
import { traceFindings } from "./findings.ts";
import { enter as enterPlainly } from "./runtime.ts";

/**
 * The host's way in, as that of `runtime.ts`. Findings say where they were recorded.
 *
 * @param time What the policy's clock shows at first, in milliseconds since 1970; missing for the host's.
 */
export function enter(
  command: string,
  load: () => { default?: unknown },
  text: string,
  head: number,
  settings: string,
  time?: number,
): string {
  traceFindings();
  if (time !== undefined) setClock(time);
  return enterPlainly(command, load, text, head, settings);
}
