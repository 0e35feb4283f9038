import { openBundle } from "../sandbox/open-bundle.ts";
import type { Ground } from "./decide-request.ts";
import type { ToListener } from "./messages.ts";

/** What decisions are made by, from what the supervisor says; it has checked the bundle, and its digests are checked again. */
export function openGround(message: Extract<ToListener, { type: "bundle" }>): Ground {
  const { digest, manifestText, code, skippedLayers } = message;
  return { bundle: openBundle(Buffer.from(manifestText), Buffer.from(code, "base64"), digest), digest, skippedLayers };
}
