import type { Family } from "./family.ts";

/** @param digest SHA-256 of the manifest, in hex; undefined where there is no bundle. */
export function bundleFamily(digest: string | undefined): Family {
  return {
    name: "virt_warden_bundle",
    type: "info",
    help: "The bundle of policies in force, by the SHA-256 of its manifest.",
    samples: digest === undefined ? [] : [{ labels: { digest }, value: 1 }],
  };
}
