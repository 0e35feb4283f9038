import { memberOf } from "./member-of.ts";

/** A line of TypeScript, and which part of the model begins on it. */
export interface LiteralLine {
  readonly text: string;
  readonly place: string;
}

/** Writes a model as a literal, each property and item on a line of its own, so that a compiler's line says which it is. */
export function writeLiteral(model: unknown, place: string): LiteralLine[] {
  return writeValue(model, place, "", "");
}

function writeValue(value: unknown, place: string, before: string, after: string): LiteralLine[] {
  if (typeof value !== "object" || value === null)
    return [{ text: `${before}${JSON.stringify(value)}${after}`, place }];
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => writeValue(item, memberOf(place, index), "", ","))
    : Object.entries(value).flatMap(([key, item]) =>
        writeValue(item, memberOf(place, key), `${JSON.stringify(key)}: `, ","),
      );
  return [{ text: before + open, place }, ...inside, { text: close + after, place }];
}
