import { percent } from "../percent.ts";
import type { Tally } from "../tally.ts";
import { type Html, html } from "./html.ts";

/** Which audit this is. */
export interface Facts {
  /** The host's name. */
  readonly host: string;
  readonly at: Date;
  /** The bundle's digest, in hexadecimal digits. */
  readonly digest: string;
  readonly version: string;
  /** Where the documents are from, as the user named it; none are this host's guests. */
  readonly places: readonly string[];
  /** What policies say of themselves. */
  readonly descriptions: ReadonlyMap<string, string>;
}

/** What is written of a digest: as much as tells bundles apart. */
const DIGITS = 12;

/** The page's head, with the switch of its colours, which is style alone. */
export function header({ host, at, digest, version, places }: Facts): Html {
  const time = at.toISOString();
  return html`<header>
<div>
<h1>Audit of <bdi>${host}</bdi></h1>
<dl class="facts">
<div><dt>Date</dt><dd><time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 16)} UTC</time></dd></div>
<div><dt>Documents of</dt><dd>${places.length === 0 ? "this host’s guests" : places.join(", ")}</dd></div>
<div><dt>Bundle</dt><dd><code title="${digest}">${digest.slice(0, DIGITS)}</code></dd></div>
<div><dt>Made by</dt><dd>virt-warden ${version}</dd></div>
</dl>
</div>
<fieldset class="theme">
<legend>Colours</legend>
${theme("auto", "Automatic", html` checked`)}
${theme("light", "Light")}
${theme("dark", "Dark")}
</fieldset>
</header>`;
}

function theme(value: string, label: string, checked?: Html): Html {
  return html`<label><input type="radio" name="theme" id="theme-${value}" value="${value}"${checked}>${label}</label>`;
}

/** What became of the documents: each is counted once. */
export function summary(tally: Tally): Html {
  const { documents, denied, failed, unjudged, admittedWithFindings, refused } = tally;
  const clean = documents - refused - admittedWithFindings;
  const parts = [
    { kind: "deny", count: denied, label: "denied by policies" },
    { kind: "failed", count: failed, label: "refused, since a policy failed" },
    { kind: "unjudged", count: unjudged, label: "refused, since not judged" },
    { kind: "warn", count: admittedWithFindings, label: "allowed, with findings" },
    { kind: "allow", count: clean, label: "allowed, nothing found" },
  ];
  const shown = parts.filter(({ kind, count }) => count > 0 || kind === "deny" || kind === "allow");
  return html`<section aria-labelledby="summary-title">
<h2 id="summary-title">${verdict(tally)}</h2>
${bar(parts, documents)}
<ul class="counts">
${shown.map(({ kind, count, label }) => html`<li class="${kind}"><strong>${count}</strong> ${label} <small>${percent(count, documents)}</small></li>\n`)}</ul>
${exemptions(tally)}
</section>`;
}

function exemptions({ exempt }: Tally): Html | undefined {
  if (exempt === 0) return undefined;
  const what = exempt === 1 ? "1 document is" : `${exempt} documents are`;
  return html`<p class="note">${what} exempt from a policy that found something there.</p>`;
}

function verdict({ documents, refused }: Tally): string {
  const of = `${documents} ${documents === 1 ? "document" : "documents"}`;
  return refused === 0 ? `None of ${of} would be refused` : `${refused} of ${of} would be refused`;
}

/** The counts as one bar; they are said below it. */
function bar(parts: readonly { readonly kind: string; readonly count: number }[], documents: number): Html {
  let from = 0;
  const pieces = parts.map(({ kind, count }) => {
    const width = (100 * count) / Math.max(1, documents);
    const piece = html`<rect class="${kind}" x="${from}" width="${width}" height="1"/>`;
    from += width;
    return count === 0 ? undefined : piece;
  });
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`;
}
