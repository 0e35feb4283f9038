import type { Decision, Failure, Finding } from "../../engine/decision.ts";
import type { Excerpt } from "../../explain/excerpt.ts";
import { excerptText } from "./excerpt-text.ts";
import { type Html, html } from "./html.ts";
import { badge, type PageMark } from "./marks.ts";

/** What one entry shows. */
interface Entry {
  readonly mark: PageMark;
  readonly policy?: string;
  readonly text: string;
  readonly tags?: readonly string[];
  readonly notes?: readonly Html[];
  readonly excerpt?: Html | undefined;
}

/** What a policy found, with the lines of the document that it is about. */
export function findingEntry(finding: Finding, excerpt: Excerpt | undefined): Html {
  const { policy, level, mode, reason, at, exempt } = finding;
  const place = at === undefined ? undefined : placeText(at, excerpt);
  return entry({
    mark: exempt !== undefined ? "exempt" : level,
    policy,
    text: reason,
    tags: [...(mode === "enforce" ? [] : [`mode ${mode}`]), ...(exempt !== undefined ? [level] : [])],
    notes: [...(exempt === undefined ? [] : [exemption(exempt)]), ...(place === undefined ? [] : [place])],
    excerpt: excerpt && excerptText(excerpt),
  });
}

/** A policy that failed, with where it did. */
export function failureEntry({ policy, message, stack = [], onError }: Failure): Html {
  return entry({
    mark: "failed",
    policy,
    text: message,
    tags: onError === "allow" ? ["allowed by onError"] : [],
    notes: stack.map((frame) => html`at <code>${frame}</code>`),
  });
}

/** Why a document could not be judged. */
export function errorEntry({ message, line, column }: NonNullable<Decision["error"]>): Html {
  const where = line === undefined ? [] : [html`line ${line}, column ${column}`];
  return entry({ mark: "unjudged", text: message, notes: where });
}

function entry({ mark, policy, text, tags = [], notes = [], excerpt }: Entry): Html {
  const name = policy === undefined ? undefined : html`<code class="policy">${policy}</code> `;
  const shownTags = tags.map((tag) => html` <span class="tag">${tag}</span>`);
  return html`<li class="entry ${mark}" data-mark="${mark}" data-policy="${policy}">
<p>${badge(mark)} ${name}<span class="reason"><bdi>${text}</bdi></span>${shownTags}</p>${notes.map((note) => html`\n<p class="note">${note}</p>`)}${excerpt}
</li>`;
}

function exemption({ reason, expires }: NonNullable<Finding["exempt"]>): Html {
  return html`exempt: <bdi>${reason}</bdi>${expires === undefined ? undefined : `, until ${expires}`}`;
}

function placeText(at: string, excerpt: Excerpt | undefined): Html {
  const line = excerpt === undefined ? undefined : `, line ${excerpt.line}`;
  return html`at <code>${at === "" ? "the root element" : at}</code>${line}`;
}
