/** A finding, as the page shows it. */
export interface Entry {
  readonly item: HTMLElement;
  readonly mark: string;
  /** "" where it is no policy's: a document that cannot be judged. */
  readonly policy: string;
}

/** A guest that there is something to say of. */
export interface Guest {
  readonly section: HTMLElement;
  /** Where its entries are while they are shown by guest. */
  readonly list: HTMLElement;
  readonly title: HTMLElement;
  /** What a guest is looked for by, in small letters. */
  readonly words: string;
  readonly decision: string;
  readonly entries: readonly Entry[];
}

/** The guests that the page holds, in its order. */
export function readGuests(groups: HTMLElement): readonly Guest[] {
  return [...groups.querySelectorAll<HTMLElement>(".guest")].flatMap((section) => {
    const list = section.querySelector<HTMLElement>(".entries");
    const title = section.querySelector<HTMLElement>(".title");
    if (list === null || title === null) return [];
    const { decision = "" } = section.dataset;
    return [{ section, list, title, words: wordsOf(title), decision, entries: [...list.children].flatMap(readEntry) }];
  });
}

/** What a guest is looked for by. */
export function wordsOf(title: HTMLElement): string {
  return title.textContent.toLowerCase();
}

function readEntry(item: Element): readonly Entry[] {
  if (!(item instanceof HTMLElement)) return [];
  return [{ item, mark: item.dataset.mark ?? "", policy: item.dataset.policy ?? "" }];
}
