import type { ManifestPolicy } from "../bundle/manifest.ts";

/** JSON of a policy's settings, as its context has them. */
export function settingsText({ settings }: Pick<ManifestPolicy, "settings">): string {
  return JSON.stringify(settings) ?? "null";
}
