import type { Tally } from "../tally.ts";
import { type Html, html, lines } from "./html.ts";
import { MARKS } from "./marks.ts";

/** What narrows the findings. It needs the script, which shows it. */
export function controls({ policies }: Tally): Html {
  const found = policies.filter(({ denied, warned, failed, exempt }) => denied + warned + failed + exempt > 0);
  return html`<search id="filters" aria-label="Filter the findings" hidden>
<label>Guest <input type="search" id="filter-guest" placeholder="name or path" autocomplete="off" spellcheck="false"></label>
<label>Policy <select id="filter-policy">
<option value="">all policies</option>
${lines(found.map(({ name }) => html`<option value="${name}">${name}</option>`))}
</select></label>
<label>Decision <select id="filter-decision">
<option value="">any</option>
<option value="refused">refused</option>
<option value="allowed">allowed</option>
</select></label>
<label>Group by <select id="group-by"><option value="guest">guest</option><option value="policy">policy</option></select></label>
<fieldset>
<legend>Show</legend>
${lines(Object.entries(MARKS).map(([mark, { label }]) => checkbox(mark, label)))}
${checkbox("quiet", "nothing found")}
</fieldset>
<button type="button" id="reset">Reset</button>
<output id="shown" for="filter-guest filter-policy filter-decision group-by" aria-live="polite"></output>
</search>`;
}

function checkbox(mark: string, label: string): Html {
  return html`<label><input type="checkbox" name="mark" value="${mark}" checked>${label}</label>`;
}
