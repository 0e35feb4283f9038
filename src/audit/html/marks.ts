import { type Html, html } from "./html.ts";

/** What a finding, a failure or a document that cannot be judged is called on the page, in the order of its filter. */
export const MARKS = {
  deny: { sign: "✖", label: "denied" },
  failed: { sign: "?", label: "failed" },
  unjudged: { sign: "?", label: "not judged" },
  warn: { sign: "!", label: "warned" },
  exempt: { sign: "~", label: "exempt" },
} as const;

export type PageMark = keyof typeof MARKS;

/** A badge that says it in words as well as by colour. */
export function badge(mark: PageMark): Html {
  const { sign, label } = MARKS[mark];
  return html`<span class="badge ${mark}"><span aria-hidden="true">${sign} </span>${label}</span>`;
}
