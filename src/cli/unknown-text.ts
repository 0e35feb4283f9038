import type { UnknownContent } from "../model/unknown-content.ts";

/** Says what a document holds that libvirt's schema does not know; a policy sees it in `context.xml` alone. */
export function unknownText({ count, first }: UnknownContent): string {
  const more = count > first.length ? ` and ${count - first.length} more` : "";
  return `unknown to libvirt's schema: ${first.join(", ")}${more}`;
}
