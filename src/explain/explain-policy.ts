import type { Exemption, ManifestPolicy, Mode } from "../bundle/manifest.ts";
import type { Decision } from "../engine/decision.ts";
import { findExemption, type Subject } from "../engine/exemptions.ts";

/** What a policy's outcome comes from beside its code. */
export interface PolicyExplanation {
  readonly mode: Mode;
  /** Why it did not judge, or why what it finds has no effect; missing where it judged and binds. */
  readonly why?: string;
  /** Whether its denials and exceptions refuse. */
  readonly binds: boolean;
}

const MODES: Readonly<Partial<Record<Mode, string>>> = {
  warn: "mode warn: a denial is a warning",
  audit: "mode audit: only logged",
};

/**
 * Explains what became of a policy.
 *
 * @param guest The guest that exemptions are for.
 * @param now When it was decided.
 */
export function explainPolicy(
  policy: ManifestPolicy,
  { event, policies, failures }: Pick<Decision, "event" | "policies" | "failures">,
  guest: Subject | undefined,
  now: Date = new Date(),
): PolicyExplanation {
  const { name, mode, on } = policy;
  if (mode === "off") return { mode, why: "mode off", binds: false };
  if (!on.some((each) => each === event)) return { mode, why: `watches ${on.join(", ")}, not ${event}`, binds: false };
  const exemption = findExemption(policy.exempt, guest, now);
  const reasons = [
    policies.some((outcome) => outcome.name === name) ? [] : "virt-warden failed before it was reached",
    MODES[mode] ?? [],
    exemption === undefined ? expired(policy.exempt, guest, now) : holding(exemption),
    failures.some((failure) => failure.policy === name && failure.onError === "allow")
      ? "onError allow: its exception refuses nothing"
      : [],
  ].flat();
  const binds = mode === "enforce" && exemption === undefined;
  return { mode, binds, ...(reasons.length === 0 ? {} : { why: reasons.join("; ") }) };
}

function holding({ expires, reason }: Exemption): string {
  return `exempt${expires === undefined ? "" : ` until ${expires}`}: ${reason}`;
}

/** Exemptions that held for this guest on their last day. */
function expired(exemptions: readonly Exemption[], guest: Subject | undefined, now: Date): readonly string[] {
  return exemptions
    .filter((each) => each.expires !== undefined && findExemption([each], guest, now) === undefined)
    .filter((each) => findExemption([each], guest, new Date(`${each.expires}T00:00:00Z`)) !== undefined)
    .map(({ domain, uuid, expires }) => `exemption of ${domain ?? uuid} expired on ${expires}`);
}
