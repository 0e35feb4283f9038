/** The report's script: it hides and moves what the page holds, and makes nothing of its own but headings. */
import { element } from "./element.ts";
import { Filters, type Wanted } from "./filters.ts";
import { Grouping } from "./grouping.ts";
import { readGuests, wordsOf } from "./guests.ts";

const groups = element("groups", HTMLElement);
const none = element("none", HTMLElement);
const shown = element("shown", HTMLOutputElement);
const groupBy = element("group-by", HTMLSelectElement);
const filters = new Filters();
const guests = readGuests(groups);
const grouping = new Grouping(groups, guests);
const quiet = document.getElementById("quiet");
const quietGuests = [...(quiet?.querySelectorAll("li") ?? [])].map((item) => ({ item, words: wordsOf(item) }));

const controls = element("filters", HTMLElement);
controls.addEventListener("input", (event) => (event.target === groupBy ? group() : show()));
element("reset", HTMLButtonElement).addEventListener("click", () => {
  filters.reset();
  show();
});
controls.hidden = false;
// a browser that comes back to the page may have kept what was chosen
group();

function group(): void {
  if (groupBy.value === "policy") grouping.byPolicy();
  else grouping.byGuest();
  show();
}

function show(): void {
  const { wanted } = filters;
  const findings = showFindings(wanted);
  const others = showOthers(wanted);
  for (const section of grouping.sections) section.hidden = section.querySelector(".entry:not([hidden])") === null;
  none.hidden = findings.entries > 0 || guests.length === 0;
  const total = guests.length + quietGuests.length;
  shown.textContent = `${findings.guests + others} of ${counted(total, "document")}, ${counted(findings.entries, "finding")}`;
}

/** @returns how many are shown, and of how many guests. */
function showFindings({ words, policy, decision, marks }: Wanted): {
  readonly guests: number;
  readonly entries: number;
} {
  const counts = { guests: 0, entries: 0 };
  for (const guest of guests) {
    const isWanted = guest.words.includes(words) && (decision === "" || decision === guest.decision);
    let entries = 0;
    for (const entry of guest.entries) {
      const isShown = isWanted && marks.has(entry.mark) && (policy === "" || policy === entry.policy);
      entry.item.hidden = !isShown;
      if (isShown) entries++;
    }
    counts.entries += entries;
    if (entries > 0) counts.guests++;
  }
  return counts;
}

/** @returns how many guests with no findings are shown: none where a policy's findings are asked for. */
function showOthers({ words, policy, decision, marks }: Wanted): number {
  const areWanted = policy === "" && decision !== "refused" && marks.has("quiet");
  let count = 0;
  for (const guest of quietGuests) {
    const isShown = areWanted && guest.words.includes(words);
    guest.item.hidden = !isShown;
    if (isShown) count++;
  }
  if (quiet !== null) quiet.hidden = count === 0;
  return count;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
