import { randomBytes } from "node:crypto";
import { join } from "node:path";

/** What a file is called that is not in its place yet, or any more. libvirt runs no file of the hooks' own folder by such a name. */
export const ASIDE = /^\.virt-warden-[0-9a-f]{12}$/;

/** A new name in the hooks' own folder: libvirt runs whatever lies in a folder of a single hook. */
export function asideOf(hooksDir: string): string {
  return join(hooksDir, `.virt-warden-${randomBytes(6).toString("hex")}`);
}
