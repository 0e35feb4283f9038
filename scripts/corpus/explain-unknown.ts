import type { UnknownContent } from "../../src/model/unknown-content.ts";

/** Says each part of a document that libvirt's schema does not know, as far as they are told by name. */
export function explainUnknown(content: UnknownContent | undefined): string[] {
  if (content === undefined) return [];
  const { count, first } = content;
  const more = count > first.length ? [`unknown to the schema: ${count - first.length} more parts`] : [];
  return [...first.map((part) => `unknown to the schema: ${part}`), ...more];
}
