import type { Decision, Failure, Finding } from "../engine/decision.ts";
import { EVENTS, isEvent } from "../hook/events.ts";
import type { Explanation } from "./explain.ts";

/** Why a document was decided as it was, in a sentence or two; what an engine failure says is not repeated. */
export function explainVerdict(decision: Decision, explanation: Explanation): readonly string[] {
  const { event, status, error } = decision;
  const effect = isEvent(event) ? EVENTS[event].nonZeroExit : "ignored";
  const refusing = refusals(decision, explanation);
  if (status === 1) {
    return [`denied by ${refusing.denials.join(", ")}${effect === "kills" ? ", which ends what runs" : ""}`];
  }
  if (status === 2) return [`refused: ${refusing.failures.join(", ")} failed`];
  if (status === 3) return [];
  if (refusing.denials.length > 0 || refusing.failures.length > 0 || error !== undefined) return [onlyLogged(decision)];
  return unrefused(decision, explanation);
}

/** The policies whose denials and failures count. */
function refusals(
  { findings, failures, status }: Decision,
  { policies }: Explanation,
): { readonly denials: readonly string[]; readonly failures: readonly string[] } {
  const denies = ({ policy, level, mode, exempt }: Finding): boolean =>
    level === "deny" && mode === "enforce" && exempt === undefined && policies.get(policy)?.binds !== false;
  const counts = ({ policy, kind, onError }: Failure): boolean =>
    onError !== "allow" && (refusesAnyway({ kind }) || policies.get(policy)?.binds !== false);
  const denials = findings.filter(denies);
  const meant = denials.filter(({ whenRunning }) => whenRunning === "kill");
  const counting = status === 1 && meant.length > 0 ? meant : denials;
  return {
    denials: [...new Set(counting.map(({ policy }) => policy))],
    failures: [...new Set(failures.filter(counts).map(({ policy }) => policy))],
  };
}

/** Whether a failure refuses in every mode, and whoever is exempt. */
export function refusesAnyway({ kind }: Pick<Failure, "kind">): boolean {
  return kind === "timeout" || kind === "memory";
}

function onlyLogged({ event }: Decision): string {
  const ends = isEvent(event) && EVENTS[event].nonZeroExit === "kills";
  return ends
    ? `only logged: a refusal at ${event} would end what runs`
    : `only logged: libvirt does not heed a refusal at ${event}`;
}

function unrefused({ event }: Decision, { manifest }: Explanation): readonly string[] {
  const inForce = manifest.policies.filter(({ mode }) => mode !== "off");
  const watching = inForce.filter(({ on }) => on.some((each) => each === event));
  const count = `${watching.length} of ${manifest.policies.length} policies`;
  if (watching.length === 1) return [`${count} watches ${event}, and does not refuse`];
  if (watching.length > 1) return [`${count} watch ${event}, and none refuses`];
  const watched = [...new Set(inForce.flatMap(({ on }) => on))];
  return [
    `no policy watches ${event}: this event is always allowed`,
    ...(watched.length === 0 ? [] : [`watched: ${watched.join(", ")}`]),
  ];
}
