import type { Bundle } from "../../src/bundle/bundle.ts";
import { sha256 } from "../../src/bundle/digest.ts";
import type { Manifest } from "../../src/bundle/manifest.ts";

/**
 * A bundle of some of another's policies, in the order of their names given, each with its own code.
 *
 * @param log The decision log's path.
 */
export function deriveBundle({ manifest, code }: Bundle, names: readonly string[], log: string): Bundle {
  let offset = 0;
  const chosen = names.map((name) => {
    const policy = manifest.policies.find((each) => each.name === name);
    if (policy === undefined) throw new Error(`Cannot derive a bundle: no policy is named ${name}`);
    offset += policy.length;
    return { policy: { ...policy, offset: offset - policy.length }, code: codeOf(code, policy) };
  });
  const part = Buffer.concat(chosen.map((each) => each.code));
  const derived: Manifest = {
    ...manifest,
    policies: chosen.map(({ policy }) => policy),
    log,
    code: { bytes: part.length, sha256: sha256(part) },
  };
  const manifestText = `${JSON.stringify(derived, undefined, 2)}\n`;
  return { manifest: derived, code: part, manifestText, digest: sha256(manifestText), warnings: [] };
}

function codeOf(code: Uint8Array, { offset, length }: { offset: number; length: number }): Uint8Array {
  return code.subarray(offset, offset + length);
}
