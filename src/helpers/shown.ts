/** What an error message quotes of a value, at most. */
const MAX_SHOWN = 100;

/** A value as an error message shows it; a document can hold any text. */
export function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value.length <= MAX_SHOWN ? value : `${value.slice(0, MAX_SHOWN)}…`);
}
