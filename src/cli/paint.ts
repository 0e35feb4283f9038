import { styleText } from "node:util";

export type Style = Parameters<typeof styleText>[0];

/** Colours a text where stdout is a terminal: styleText itself leaves it out elsewhere, and heeds NO_COLOR. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}
