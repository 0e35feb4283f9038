import { hookWords } from "../../src/hook/invocation.ts";
import type { Trial } from "./compose.ts";

/** HOOK OBJECT OPERATION SUBOPERATION EXTRA, as libvirt reports the event. */
export function wordsOf({ event, guest }: Trial): string[] {
  const [hook = "", , ...rest] = hookWords(event) ?? [];
  return [hook, guest, ...rest];
}
