/**
 * Makes a function that gives a namespace's prefix: the one that the schema declares, else the part of libvirt's URIs
 * before their version (`http://libvirt.org/schemas/domain/qemu/1.0` is `qemu`).
 *
 * @param declared Prefixes by URI.
 * @param used Gathers the prefixes that were asked for, by URI, over several schemas.
 * @throws Error (the returned function) when a URI has no prefix, or two have the same.
 */
export function createPrefixes(
  declared: ReadonlyMap<string, string>,
  used: Map<string, string>,
): (namespace: string) => string {
  return (namespace) => {
    const prefix =
      used.get(namespace) ?? declared.get(namespace) ?? /\/([a-z][a-z0-9-]*)\/[0-9.]+$/.exec(namespace)?.[1];
    if (prefix === undefined) throw new Error(`Cannot name the namespace ${namespace}: the schema gives it no prefix`);
    for (const [other, taken] of used) {
      if (taken === prefix && other !== namespace) {
        throw new Error(`Cannot name the namespace ${namespace}: ${other} has the prefix ${prefix} too`);
      }
    }
    used.set(namespace, prefix);
    return prefix;
  };
}
