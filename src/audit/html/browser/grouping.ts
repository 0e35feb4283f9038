import type { Guest } from "./guests.ts";

/** Shows findings below their guest, as they came, or below their policy, each with its guest's name. */
export class Grouping {
  readonly #groups: HTMLElement;
  readonly #guests: readonly Guest[];
  #policies: readonly HTMLElement[] = [];

  constructor(groups: HTMLElement, guests: readonly Guest[]) {
    this.#groups = groups;
    this.#guests = guests;
  }

  /** The sections that hold findings now. */
  get sections(): readonly HTMLElement[] {
    return this.#policies.length > 0 ? this.#policies : this.#guests.map(({ section }) => section);
  }

  byGuest(): void {
    for (const { list, entries } of this.#guests) {
      for (const { item } of entries) item.querySelector(".of")?.remove();
      list.replaceChildren(...entries.map(({ item }) => item));
    }
    this.#policies = [];
    this.#groups.replaceChildren(...this.sections);
  }

  byPolicy(): void {
    const items = new Map<string, HTMLElement[]>();
    for (const { title, entries } of this.#guests) {
      for (const { item, policy } of entries) {
        item.prepend(guestLine(title));
        const others = items.get(policy);
        if (others === undefined) items.set(policy, [item]);
        else others.push(item);
      }
    }
    const names = [...items.keys()].sort();
    this.#policies = names.map((name) => policySection(name, items.get(name) ?? []));
    this.#groups.replaceChildren(...this.#policies);
  }
}

function guestLine(title: HTMLElement): HTMLElement {
  const line = document.createElement("p");
  line.className = "of";
  line.append(title.cloneNode(true));
  return line;
}

function policySection(name: string, items: readonly HTMLElement[]): HTMLElement {
  const section = document.createElement("article");
  section.className = "group";
  const heading = document.createElement("h3");
  heading.textContent = name === "" ? "not judged" : name;
  const list = document.createElement("ul");
  list.className = "entries";
  list.append(...items);
  section.append(heading, list);
  return section;
}
