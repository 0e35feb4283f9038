/**
 * How a policy writes a part of a model.
 *
 * @param place The whole's own, such as `domain.devices`.
 * @param key A property's name, or an item's index.
 * @example memberOf("domain", "qemu:commandline") is 'domain["qemu:commandline"]'
 */
export function memberOf(place: string, key: string | number): string {
  if (typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key)) return `${place}.${key}`;
  return `${place}[${JSON.stringify(key)}]`;
}
