import { readFileSync } from "node:fs";
import { join } from "node:path";
import { breakGlassState } from "../break-glass/state.ts";
import { sha256 } from "../bundle/digest.ts";
import { bundleFamily } from "./bundle-family.ts";
import type { Family } from "./family.ts";

/** What is told of the bundle in force: which it is, and whether break-glass has its policies in audit. */
export function bundleFamilies(dir: string): readonly Family[] {
  return [bundleFamily(digestOf(dir)), breakGlassFamily(breakGlassState(dir).state === "in force")];
}

function breakGlassFamily(isInForce: boolean): Family {
  return {
    name: "virt_warden_break_glass",
    type: "gauge",
    help: "Whether break-glass has all policies in audit: 1, or 0.",
    samples: [{ value: isInForce ? 1 : 0 }],
  };
}

function digestOf(dir: string): string | undefined {
  try {
    return sha256(readFileSync(join(dir, "current/manifest.json")));
  } catch {
    return undefined;
  }
}
