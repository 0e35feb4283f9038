import type { Event } from "../../typings/events.d.ts";
import { REWRITE_EVENTS } from "../hook/rewrite-events.ts";
import { type Daemon, daemonsOf } from "../install/daemons.ts";
import type { Daemons } from "../install/find-daemons.ts";
import { HOOKS, type Hook, scriptPath } from "../install/places.ts";
import { checkNeighbours } from "./check-neighbours.ts";
import { type CheckedScript, checkScript } from "./check-script.ts";
import { checkSeen } from "./check-seen.ts";
import type { Places } from "./places.ts";
import { ok } from "./row.ts";

/** A hook's script, checked; the rows also say who has seen it and what runs beside it. */
export interface CheckedHook extends CheckedScript {
  readonly hook: Hook;
  readonly file: string;
}

/** What the scripts of hooks are for, and for whom. */
interface HookOptions {
  /** The events that policies watch; undefined where that is not known. */
  readonly watch: readonly Event[] | undefined;
  /** Whether libvirt runs `<hook>.d`. */
  readonly hasFolders: boolean;
  readonly daemons: Daemons;
  readonly isRoot: boolean;
}

/** Checks the hooks that policies watch, `daemon`'s, and all that have a script of ours. */
export function checkHooks(places: Places, options: HookOptions): readonly CheckedHook[] {
  const { watch, hasFolders, isRoot } = options;
  const watched = HOOKS.filter((hook) => watch?.some((event) => event.startsWith(`${hook}/`)));
  const hooks = HOOKS.map((hook): CheckedHook => {
    const file = scriptPath(places.hooksDir, hook, hasFolders);
    return { hook, file, ...checkScript(hook, file, places) };
  }).filter(({ hook, isOurs }) => hook === "daemon" || isOurs || watched.includes(hook));
  // each daemon runs the hook `daemon`; those that run no other hook of ours do not matter
  const names = hooks.flatMap(({ hook }) => (hook === "daemon" ? [] : daemonsOf(hook)));
  const matters = ({ name }: Daemon): boolean => names.includes(name);
  const { own, others } = options.daemons;
  // beside daemons of this host, those with other folders are containers'
  const daemons = { own: own.filter(matters), others: own.length > 0 ? [] : others.filter(matters) };
  return hooks.map((checked) => {
    const { hook, file, isOurs, rows } = checked;
    if (watch !== undefined && hook !== "daemon" && !watched.includes(hook)) {
      return { ...checked, rows: [ok(`hook ${hook}`, `${file} is installed, and no policy watches its events`)] };
    }
    const isRewritten = REWRITE_EVENTS.some((event) => event.startsWith(`${hook}/`) && watch?.includes(event));
    const seen = isOurs && isRoot && names.length > 0 ? checkSeen(hook, file, daemons, places) : [];
    const beside = hasFolders ? checkNeighbours(hook, places, isRewritten) : [];
    return { ...checked, rows: [...rows, ...seen, ...beside] };
  });
}
