import { MANIFEST_FORMAT, type Manifest, type ManifestPolicy } from "./manifest.ts";

/** A manifest as it was before policies could need anything. */
interface OldManifest extends Omit<Manifest, "format" | "policies"> {
  readonly format: 1;
  readonly policies: readonly Omit<ManifestPolicy, "needs" | "rewrites">[];
}

/**
 * Reads a manifest whose digest was right. A policy of format 1 needs nothing and rewrites nothing.
 *
 * @throws {Error} where it has another format.
 */
export function readManifest(text: string): Manifest {
  const manifest = JSON.parse(text) as Manifest | OldManifest;
  if (manifest.format === MANIFEST_FORMAT) return manifest;
  if (manifest.format !== 1) throw new Error(otherFormat((manifest as { readonly format?: unknown }).format));
  const policies = manifest.policies.map((policy) => ({ ...policy, needs: [], rewrites: false }));
  return { ...manifest, format: MANIFEST_FORMAT, policies };
}

/** Says that this version does not read bundles of a format. */
export function otherFormat(format: unknown): string {
  return `the bundle has format ${format}, this virt-warden reads 1 and ${MANIFEST_FORMAT}: run virt-warden build again`;
}
