import { shellQuote } from "../install/shell-text.ts";

/** A text as one word of a command that people read: quoted only where it must be. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shellQuote(text);
}
