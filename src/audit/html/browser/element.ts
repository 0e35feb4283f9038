/**
 * An element of the page.
 *
 * @throws where there is none of this kind: the page and its script do not fit.
 */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`Cannot run the page: it has no ${kind.name} #${id}`);
}
