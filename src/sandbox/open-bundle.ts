import { sha256 } from "../bundle/digest.ts";
import type { Manifest, ManifestPolicy } from "../bundle/manifest.ts";
import { codeOfSlice, mapOfSlice } from "../bundle/policy-slice.ts";
import { readManifest } from "../bundle/read-manifest.ts";
import { EngineFailure } from "../engine/engine-failure.ts";

/** Where a policy's part of the code lies, in bytes. */
type Slice = Pick<ManifestPolicy, "offset" | "length">;

/** SHA-256 of a bundle's files, in hex. */
export interface FileDigests {
  readonly manifest: string;
  readonly code: string;
}

/** A bundle whose digests are right. */
export interface OpenBundle {
  readonly manifest: Manifest;
  /** The code of one policy. */
  codeOf(policy: Slice): string;
  /** JSON of the source map of one policy's code; undefined in a bundle that was built without. */
  mapOf(policy: Slice): string | undefined;
}

/**
 * Opens a bundle from its files' bytes.
 *
 * @param digest SHA-256 of the manifest, in hex, as the launcher read it.
 * @param found Those of the files, where they are known already.
 * @throws EngineFailure where a digest or the format does not fit.
 */
export function openBundle(
  manifestText: Uint8Array,
  code: Uint8Array,
  digest: string,
  found: FileDigests = { manifest: sha256(manifestText), code: sha256(code) },
): OpenBundle {
  if (found.manifest !== digest) {
    throw new EngineFailure("bundle", "the bundle's manifest does not have its digest; build the bundle again");
  }
  const manifest = manifestOf(manifestText);
  if (code.length !== manifest.code.bytes || found.code !== manifest.code.sha256) {
    throw new EngineFailure("bundle", "the bundle's code does not have its digest; build the bundle again");
  }
  const sliceOf = ({ offset, length }: Slice): Uint8Array => code.subarray(offset, offset + length);
  return {
    manifest,
    codeOf: (policy) => codeOfSlice(sliceOf(policy)),
    mapOf: (policy) => mapOfSlice(sliceOf(policy)),
  };
}

function manifestOf(text: Uint8Array): Manifest {
  try {
    return readManifest(Buffer.from(text).toString());
  } catch (error) {
    throw new EngineFailure("bundle", (error as Error).message);
  }
}
