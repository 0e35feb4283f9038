import * as v from "valibot";
import { definePolicy, type XmlElement } from "virt-warden";

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
 * A guest that nobody owns is one that nobody patches, pays for or dares to switch off. libvirt keeps what programs write
 * into the metadata, an element for each namespace, and never acts on it: whoever defines a guest can write any owner
 * there, so that this serves order, not access.
 * @see https://libvirt.org/formatdomain.html#general-metadata
 */
export default definePolicy({
  name: "require-owner",
  description: "Every guest's metadata name its owner.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** The URI of the elements' namespace, whatever their prefix. */
    namespace: v.optional(v.pipe(v.string(), v.minLength(1)), "https://example.org/guest"),
    /** The elements that lead to the owner below `metadata`, as `owner` or `instance/owner/project`. */
    path: v.optional(
      v.pipe(v.string(), v.regex(/^[^\s/]+(?:\/[^\s/]+)*$/, "must be names of elements such as instance/owner")),
      "owner",
    ),
    /** What the whole owner must match: a regular expression. */
    pattern: v.optional(pattern, "[^\\s\\p{C}](?:[^\\p{C}]{0,126}[^\\s\\p{C}])?"),
  }),
  check({ domain, settings, deny }) {
    const { namespace, path } = settings;
    let found: readonly XmlElement[] = domain.metadata?.children ?? [];
    for (const [depth, name] of path.split("/").entries()) {
      if (depth > 0) found = found.flatMap(({ children }) => children.filter((child) => typeof child !== "string"));
      found = found.filter((element) => element.name === name && element.namespace === namespace);
    }
    const at = domain.metadata === undefined ? {} : { at: "metadata" };
    if (found.length === 0) {
      deny(`the guest's metadata name no owner; write ${path} of the namespace ${namespace}`, at);
    } else if (found.length > 1) {
      deny(`the guest's metadata name ${found.length} owners; write one`, at);
    }
    const whole = new RegExp(`^(?:${settings.pattern})$`, "u");
    for (const { children } of found) {
      const owner = children
        .filter((child) => typeof child === "string")
        .join("")
        .trim();
      if (!whole.test(owner)) {
        deny(owner === "" ? "the guest's owner is empty" : `the guest's owner ${owner} is not written as wanted`, at);
      }
    }
  },
});
