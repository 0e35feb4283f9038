import { element } from "./element.ts";

/** What is asked to be shown. */
export interface Wanted {
  /** What a guest's name or path has in it, in small letters. */
  readonly words: string;
  /** "" for all. */
  readonly policy: string;
  /** `allowed`, `refused`, or "" for both. */
  readonly decision: string;
  readonly marks: ReadonlySet<string>;
}

/** The controls that narrow what is shown. */
export class Filters {
  readonly #guest = element("filter-guest", HTMLInputElement);
  readonly #policy = element("filter-policy", HTMLSelectElement);
  readonly #decision = element("filter-decision", HTMLSelectElement);
  readonly #marks = [...document.querySelectorAll<HTMLInputElement>('#filters input[name="mark"]')];

  get wanted(): Wanted {
    return {
      words: this.#guest.value.trim().toLowerCase(),
      policy: this.#policy.value,
      decision: this.#decision.value,
      marks: new Set(this.#marks.filter(({ checked }) => checked).map(({ value }) => value)),
    };
  }

  /** As they were when the page was opened. */
  reset(): void {
    this.#guest.value = "";
    this.#policy.value = "";
    this.#decision.value = "";
    for (const box of this.#marks) box.checked = true;
  }
}
