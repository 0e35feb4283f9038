import type { Limits } from "../../bundle/manifest.ts";

/** How much more time and heap a call has than its limits, since counting costs some. */
export const SLACK = 2;

/** The heap that counting takes beside the policies' own, in bytes. */
export function countingHeap({ memory }: Pick<Limits, "memory">): number {
  return memory * SLACK;
}
