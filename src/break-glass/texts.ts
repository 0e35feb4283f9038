import { printable } from "../hook/printable.ts";
import type { BreakGlass } from "./notice.ts";
import { breakGlassState } from "./state.ts";

/** Who began it, until when, and why; one line. */
export function noticeLine({ until, by, reason }: BreakGlass): string {
  return printable(`until ${until}, by ${by}: ${reason}`);
}

/**
 * What commands that read a bundle say of its break-glass; undefined where none is in force.
 *
 * @param dir the bundle's folder.
 */
export function breakGlassWarning(dir: string): string | undefined {
  const state = breakGlassState(dir);
  if (state.state !== "in force") return undefined;
  return `virt-warden: warning: break-glass is in force, so hooks deny nothing, ${noticeLine(state.notice)}`;
}
