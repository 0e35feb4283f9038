import type { PolicyTally, Tally } from "../tally.ts";
import { type Html, html, lines } from "./html.ts";
import type { Facts } from "./summary.ts";

const COUNTS = [
  ["denied", "deny"],
  ["warned", "warn"],
  ["failed", "failed"],
  ["exempt", "exempt"],
] as const;

/** A row a policy: what it is for, and how often it found what. */
export function policyTable({ descriptions }: Facts, { policies }: Tally): Html {
  return html`<section aria-labelledby="policies-title">
<h2 id="policies-title">Policies</h2>
<div class="scroll" tabindex="0" role="group" aria-labelledby="policies-title">
<table>
<thead><tr><th scope="col">Policy</th><th scope="col">Mode</th>${COUNTS.map(([name]) => html`<th scope="col" class="number">${name}</th>`)}<th scope="col" class="number">judged</th></tr></thead>
<tbody>
${lines(policies.map((policy) => row(policy, descriptions.get(policy.name))))}
</tbody>
</table>
</div>
</section>`;
}

function row(policy: PolicyTally, description: string | undefined): Html {
  const { name, mode, judged } = policy;
  const about = description === undefined ? undefined : html`<span class="about"><bdi>${description}</bdi></span>`;
  const counts = COUNTS.map(([key, kind]) => cell(policy[key], kind));
  return html`<tr><th scope="row"><code>${name}</code>${about}</th><td>${mode}</td>${counts}<td class="number">${judged}</td></tr>`;
}

function cell(count: number, kind: string): Html {
  return count === 0 ? html`<td class="number zero">0</td>` : html`<td class="number ${kind}">${count}</td>`;
}
