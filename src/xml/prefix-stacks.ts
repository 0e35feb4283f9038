import { XML_NAMESPACE, XMLNS_NAMESPACE } from "./names.ts";

/**
 * The namespaces in scope: for each prefix its bindings, the innermost last. Looking one up takes the same time
 * however deep the element and however many prefixes there are.
 */
export class PrefixStacks {
  readonly #bindings = new Map<string, string[]>([
    ["", [""]],
    ["xml", [XML_NAMESPACE]],
    ["xmlns", [XMLNS_NAMESPACE]],
  ]);

  bind(prefix: string, uri: string): void {
    const bindings = this.#bindings.get(prefix);
    if (bindings === undefined) this.#bindings.set(prefix, [uri]);
    else bindings.push(uri);
  }

  /** Takes the innermost binding back. */
  unbind(prefix: string): void {
    this.#bindings.get(prefix)?.pop();
  }

  /** The innermost binding, `undefined` for a prefix that is not bound. */
  resolve(prefix: string): string | undefined {
    return this.#bindings.get(prefix)?.at(-1);
  }
}
