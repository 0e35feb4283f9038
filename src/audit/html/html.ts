import { withoutControls } from "../../hook/printable.ts";

/** Text that is HTML, as opposed to text that is to be shown. */
export class Html {
  readonly text: string;

  /** @param text the project's own; what comes from elsewhere goes through {@link html}. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand within HTML: text is escaped, nothing is nothing. */
export type Part = Html | string | number | undefined | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * A piece of HTML. What is put in is shown as it is and never read as HTML, also within an attribute that is quoted;
 * characters that act on the text around, such as those that turn its direction, are written as `\u{…}`.
 *
 * @example html`<b>${"<"}</b>`.text is "<b>&lt;</b>"
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => `${index === 0 ? "" : textOf(parts[index - 1])}${text}`).join(""));
}

/** Several pieces as one, with a line end after each but the last. */
export function lines(parts: readonly Part[]): Html {
  return new Html(parts.map(textOf).join("\n"));
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(textOf).join("");
  return withoutControls(String(part)).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
}
