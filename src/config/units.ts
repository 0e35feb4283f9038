const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };
const BYTES: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

/** A duration such as `250ms`, `1.5s`, `1m` in milliseconds; undefined for other text. */
export function parseDuration(text: string): number | undefined {
  return parseQuantity(text, MILLISECONDS);
}

/** A size such as `512KiB`, `32MiB`, `1GiB` in bytes; undefined for other text. */
export function parseSize(text: string): number | undefined {
  return parseQuantity(text, BYTES);
}

/** A duration as the configuration writes it. */
export function formatDuration(milliseconds: number): string {
  return formatQuantity(milliseconds, MILLISECONDS);
}

/** A size as the configuration writes it. */
export function formatSize(bytes: number): string {
  return formatQuantity(bytes, BYTES);
}

function parseQuantity(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, amount, unit] = /^(\d{1,9}(?:\.\d{1,3})?)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = unit !== undefined && Object.hasOwn(units, unit) ? units[unit] : undefined;
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}

function formatQuantity(value: number, units: Readonly<Record<string, number>>): string {
  const entries = Object.entries(units);
  const [unit, factor] = entries.findLast(([, size]) => value % size === 0) ?? entries[0] ?? ["", 1];
  return `${value / factor}${unit}`;
}
