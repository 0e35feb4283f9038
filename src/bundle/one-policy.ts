import type { Bundle } from "./bundle.ts";
import { sha256 } from "./digest.ts";

/** A bundle without all policies but one, and with a digest of its own. */
export function onePolicy(bundle: Bundle, name: string): Bundle {
  const manifest = { ...bundle.manifest, policies: bundle.manifest.policies.filter((policy) => policy.name === name) };
  const manifestText = JSON.stringify(manifest);
  return { ...bundle, manifest, manifestText, digest: sha256(manifestText) };
}
