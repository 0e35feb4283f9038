import { type BreakGlass, noticeText, parseNotice } from "./notice.ts";

/** The longest that it may be in force, in centiseconds: a day. */
export const MAX_TIME = 24 * 60 * 60 * 100;

/** What the file says. Times are in centiseconds since boot, which no change of the clock moves; no boot has the next one's. */
export interface BreakGlassFile {
  /** The kernel's identifier of the boot in which it counts. */
  readonly boot: string;
  readonly from: number;
  readonly to: number;
  readonly notice: BreakGlass;
}

/** The file's text, see {@link parseFile} and `bin/break-glass.sh`, which read it. */
export function formatFile({ boot, from, to, notice }: BreakGlassFile): string {
  return `virt-warden-break-glass 1\nboot ${boot}\nfrom ${from}\nto ${to}\nsays ${noticeText(notice)}\nend\n`;
}

const FILE =
  /^virt-warden-break-glass 1\nboot ([0-9a-f-]{36})\nfrom ([1-9]\d{0,11})\nto ([1-9]\d{0,11})\nsays (\{.*\})\nend\n$/;

/** @returns undefined for what is not whole. */
export function parseFile(text: string): BreakGlassFile | undefined {
  const [, boot, from, to, says] = FILE.exec(text) ?? [];
  const notice = says === undefined ? undefined : parseNotice(says);
  if (boot === undefined || notice === undefined) return undefined;
  return { boot, from: Number(from), to: Number(to), notice };
}
