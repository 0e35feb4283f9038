import { statSync } from "node:fs";

/** Whether two paths lead to one file. */
export function isSameFile(one: string, other: string): boolean {
  try {
    const [first, second] = [one, other].map((file) => statSync(file, { bigint: true }));
    return first?.ino === second?.ino && first?.dev === second?.dev;
  } catch {
    return false;
  }
}
