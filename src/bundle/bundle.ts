import type { Problem } from "../user-error.ts";
import type { Manifest } from "./manifest.ts";

/** A bundle in memory. */
export interface Bundle {
  readonly manifest: Manifest;
  /** `policies.js`. */
  readonly code: Uint8Array;
  /** `manifest.json`, letter for letter. */
  readonly manifestText: string;
  /** SHA-256 of `manifest.json`, in hex: the bundle's identity. */
  readonly digest: string;
  /** What does not stop a build, yet deserves a look. */
  readonly warnings: readonly Problem[];
}

/** Where the bundle in force lies unless another folder is named. */
export const DEFAULT_BUNDLE = "/var/lib/virt-warden/bundle";
