import type { Excerpt } from "../../explain/excerpt.ts";
import { type Html, html, lines } from "./html.ts";

/** Lines of a document with their numbers, the one that is meant marked. */
export function excerptText({ line, first, lines: shown }: Excerpt): Html {
  const width = String(first + shown.length - 1).length;
  const numbered = shown.map((text, index) => {
    const number = first + index;
    const row = `${String(number).padStart(width)}  ${text}`;
    return number === line ? html`<mark>${row}</mark>` : html`${row}`;
  });
  return html`\n<pre><code>${lines(numbered)}</code></pre>`;
}
