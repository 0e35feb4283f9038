import { breakGlassState } from "../break-glass/state.ts";
import { noticeLine } from "../break-glass/texts.ts";
import { endBreakGlassCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { type Row, warning } from "./row.ts";

const CHECK = "break-glass";

/** Whether break-glass keeps policies from denying; nothing where there is none. */
export function checkBreakGlass(places: Pick<Places, "bundle">): readonly Row[] {
  const found = breakGlassState(places.bundle);
  const end = endBreakGlassCommand(places);
  switch (found.state) {
    case "none":
      return [];
    case "in force":
      return [warning(CHECK, `all policies are in audit and deny nothing, ${noticeLine(found.notice)}`, end)];
    case "ended":
      return [warning(CHECK, `over, and what is left of it makes decisions slower: ${noticeLine(found.notice)}`, end)];
    case "ignored":
      return [warning(CHECK, `ignored, so policies decide by their modes: ${found.problem}`, end)];
  }
}
