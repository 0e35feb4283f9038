import type { Manifest, Mode } from "../bundle/manifest.ts";
import { buildCommand } from "./mends.ts";
import type { Places } from "./places.ts";
import { ok, type Row, warning } from "./row.ts";

/** How long before its last day an exemption is spoken of: two weeks, in milliseconds. */
const SOON = 14 * 24 * 60 * 60 * 1000;

/** What the policies' findings do: which only warn or are only noted, and which guests are exempt no longer, or soon. */
export function checkRules(
  { policies }: Pick<Manifest, "policies">,
  places: Pick<Places, "bundle" | "config">,
  now: Date,
): readonly Row[] {
  const named = (mode: Mode): readonly string[] =>
    policies.filter((each) => each.mode === mode).map(({ name }) => name);
  const lenient = (["warn", "audit", "off"] as const)
    .map((mode) => ({ mode, names: named(mode) }))
    .filter(({ names }) => names.length > 0)
    .map(({ mode, names }) => `; ${mode}: ${names.join(", ")}`)
    .join("");
  const enforced = named("enforce").length;
  const build = buildCommand(places);
  const modes =
    enforced > 0
      ? ok("modes", `enforce: ${enforced} of ${policies.length}${lenient}`)
      : warning(
          "modes",
          `no policy has the mode enforce, so none denies${lenient}`,
          `set mode: enforce for a policy in the configuration, then ${build}`,
        );

  const today = day(now);
  const soon = day(new Date(now.getTime() + SOON));
  const lapsing = policies.flatMap(({ name, exempt }) =>
    exempt
      .filter(({ expires }) => expires !== undefined && expires <= soon)
      .map(({ domain, uuid, expires }) => {
        const isOver = expires !== undefined && expires < today;
        const detail = `that of ${domain ?? uuid} from ${name} ${isOver ? "expired on" : "ends with"} ${expires}`;
        return warning("exemptions", detail, `renew or remove it in the configuration, then ${build}`);
      }),
  );
  return [modes, ...lapsing];
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
