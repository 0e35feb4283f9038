import type { Subject } from "../engine/exemptions.ts";
import { readDocument } from "../engine/read-document.ts";
import { readInvocation } from "../hook/invocation.ts";

/**
 * The guest that exemptions are for, as deciding a document finds it.
 *
 * @param words HOOK OBJECT OPERATION SUBOPERATION EXTRA.
 * @returns undefined where there is none, and where the document is refused.
 */
export function guestOf(words: readonly string[], document: Uint8Array): Subject | undefined {
  try {
    return readDocument(readInvocation(words), document).guest;
  } catch {
    return undefined;
  }
}
