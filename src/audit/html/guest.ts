import type { Audited } from "../audit.ts";
import { errorEntry, failureEntry, findingEntry } from "./finding.ts";
import { type Html, html, lines } from "./html.ts";

/** A guest that there is something to say of: its verdict, its document, and each finding. */
export function guestEntry(audited: Audited): Html {
  const { decision, excerpts } = audited;
  const entries = [
    ...(decision.error === undefined ? [] : [errorEntry(decision.error)]),
    ...decision.findings.map((finding, index) => findingEntry(finding, excerpts[index])),
    ...decision.failures.map(failureEntry),
  ];
  const verdict = decision.status === 0 ? "allowed" : "refused";
  return html`<article class="group guest" data-decision="${verdict}">
<h3><span class="verdict ${verdict}">${verdict}</span> <span class="title">${names(audited)}</span></h3>
<ul class="entries">
${lines(entries)}
</ul>
</article>`;
}

/** A guest with no findings, on one line. */
export function quietEntry(audited: Audited): Html {
  return html`<li>${names(audited)}</li>`;
}

function names({ file, decision: { object }, isRunning }: Audited): Html {
  const state = isRunning ? html` <span class="tag">running</span>` : undefined;
  const path = html`<span class="file"><bdi>${file}</bdi></span>`;
  return object === "" ? html`${path}${state}` : html`<bdi class="name">${object}</bdi>${state} ${path}`;
}
