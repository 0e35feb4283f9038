/** What a policy sees in place of a secret that is set. */
export const MASK = "********";

/** Gathers a document's secrets while they are masked. */
export class FoundSecrets {
  readonly #texts = new Set<string>();

  /**
   * What to show of a secret: the mask, nothing where it is empty.
   *
   * @param forms How else it may be written.
   */
  hide(secret: string, ...forms: readonly string[]): string {
    if (secret === "" || secret === MASK) return secret;
    for (const form of [secret, ...forms]) if (form !== "") this.#texts.add(form);
    return MASK;
  }

  get texts(): readonly string[] {
    return [...this.#texts];
  }
}
