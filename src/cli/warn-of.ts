import { printable } from "../hook/printable.ts";

/** Says on stderr what went wrong and stops nothing. */
export function warnOf(reason: string): void {
  process.stderr.write(`virt-warden: warning: ${printable(reason)}\n`);
}
