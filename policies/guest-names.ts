import * as v from "valibot";
import { definePolicy } from "virt-warden";

const pattern = v.pipe(
  v.string(),
  v.check((text) => {
    try {
      return new RegExp(`^(?:${text})$`, "u") instanceof RegExp;
    } catch {
      return false;
    }
  }, "must be a regular expression"),
);

/**
 * libvirt takes nearly every text for a name, and gives it to hook scripts, file names and logs as it is: `--help` is an
 * option to a script, a line of control characters rewrites a terminal, and two names that look alike are two guests.
 * @see https://libvirt.org/formatdomain.html#general-metadata
 * @see https://libvirt.org/hooks.html#script-arguments
 */
export default definePolicy({
  name: "guest-names",
  description: "Guests have names that people can tell apart and that no program takes for something else.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** What the whole name must match: a regular expression; unless given, a host's name in lower case. */
    name: v.optional(pattern, "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"),
    /** What the whole title must match, which then must be there. */
    title: v.optional(pattern),
  }),
  check({ domain, settings, deny }) {
    if (!matches(domain.name, settings.name)) {
      deny(`the name ${domain.name} is not allowed; it must match ${settings.name}`, { at: "name" });
    }
    if (settings.title === undefined) return;
    if (domain.title === undefined) {
      deny(`the guest has no title; write one that matches ${settings.title}`, { at: "title" });
    } else if (!matches(domain.title, settings.title)) {
      deny(`the title ${domain.title} is not allowed; it must match ${settings.title}`, { at: "title" });
    }
  },
});

/** Whether all of a text matches a pattern. */
function matches(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(text);
}
