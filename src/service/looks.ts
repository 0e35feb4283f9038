/** How long the supervisor may take to look, in milliseconds. */
const MAX_LOOK = 2000;

/** Questions to the supervisor whether a bundle is there; of those for the same one at the same time, one is asked. */
export class Looks {
  readonly #ask: (digest: string) => void;
  readonly #open = new Map<string, PromiseWithResolvers<boolean>>();

  constructor(ask: (digest: string) => void) {
    this.#ask = ask;
  }

  /** Whether a bundle with this digest is being loaded. */
  look(digest: string): Promise<boolean> {
    const open = this.#open.get(digest);
    if (open !== undefined) return open.promise;
    const asked = Promise.withResolvers<boolean>();
    this.#open.set(digest, asked);
    const timer = setTimeout(() => this.looked(digest, true), MAX_LOOK);
    void asked.promise.then(() => clearTimeout(timer));
    this.#ask(digest);
    return asked.promise;
  }

  /** Takes an answer. */
  looked(digest: string, isLoading: boolean): void {
    this.#open.get(digest)?.resolve(isLoading);
    this.#open.delete(digest);
  }
}
