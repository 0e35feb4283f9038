import type { Manifest } from "../bundle/manifest.ts";

/** A bundle while break-glass is in force: what policies find is only noted, and they rewrite nothing. Off stays off. */
export function inAudit(manifest: Manifest): Manifest {
  const policies = manifest.policies.map((policy) =>
    policy.mode === "off" ? policy : { ...policy, mode: "audit" as const },
  );
  return { ...manifest, policies };
}
