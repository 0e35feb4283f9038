import { createHash } from "node:crypto";
import script from "virt-warden:report-script";
import style from "virt-warden:report-style";
import type { Audited } from "../audit.ts";
import { hasFindings } from "../mark.ts";
import type { Tally } from "../tally.ts";
import { controls } from "./controls.ts";
import { guestEntry, quietEntry } from "./guest.ts";
import { Html, html, lines } from "./html.ts";
import { policyTable } from "./policy-table.ts";
import { type Facts, header, summary } from "./summary.ts";

/**
 * An audit as one page that needs nothing else: no network, no other file, and no script to be read. What is shown is
 * escaped where it is made; the page's script only hides and moves what is there.
 */
export class HtmlReport {
  /** Guests that there is something to say of, and those that there is not. */
  readonly #loud: Html[] = [];
  readonly #quiet: Html[] = [];

  /** Adds a document: only what is shown of it is kept. */
  add(audited: Audited): void {
    if (hasFindings(audited.decision)) this.#loud.push(guestEntry(audited));
    else this.#quiet.push(quietEntry(audited));
  }

  /** The whole page. */
  text(facts: Facts, tally: Tally): string {
    const title = `Audit of ${facts.host} – virt-warden`;
    return `${
      html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${header(facts)}
<main>
${summary(tally)}
${policyTable(facts, tally)}
${controls(tally)}
${this.#findings()}
${this.#others()}
</main>
<script>${new Html(script)}</script>
</body>
</html>`.text
    }\n`;
  }

  #findings(): Html {
    const nothing = this.#loud.length > 0 ? undefined : html`<p>There are none.</p>`;
    return html`<section id="findings" tabindex="-1" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${nothing}<p id="none" hidden>Nothing matches these filters.</p>
<div id="groups">
${lines(this.#loud)}
</div>
</section>`;
  }

  #others(): Html | undefined {
    if (this.#quiet.length === 0) return undefined;
    return html`<section id="quiet" aria-labelledby="quiet-title">
<h2 id="quiet-title">Nothing found</h2>
<ul class="quiet">
${lines(this.#quiet)}
</ul>
</section>`;
  }
}

/** Nothing is fetched, sent or run, but what the page itself holds. */
function contentPolicy(): string {
  const own = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `style-src ${own(style)}`,
    `script-src ${own(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
