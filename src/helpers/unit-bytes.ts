/** The prefixes in their order: each is 1024, or 1000, times the one before. */
const PREFIXES = "kmgtpe";

/**
 * How many bytes a unit has; its case does not matter.
 *
 * @returns `undefined` for a unit that libvirt does not know.
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/util/virutil.c `virScaleInteger`
 */
export function unitBytes(unit: string): bigint | undefined {
  if (/^(?:b|bytes?)$/i.test(unit)) return 1n;
  const [, prefix, suffix] = /^([kmgtpe])(ib|b)?$/i.exec(unit) ?? [];
  if (prefix === undefined) return undefined;
  // a prefix alone is binary too
  const base = suffix?.toLowerCase() === "b" ? 1000n : 1024n;
  return base ** BigInt(PREFIXES.indexOf(prefix.toLowerCase()) + 1);
}
