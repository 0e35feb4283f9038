import * as v from "valibot";
import { definePolicy } from "virt-warden";

const folder = v.pipe(
  v.string(),
  v.regex(/^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+\/$/, "must be a folder such as /usr/share/OVMF/, with / at its end"),
);

/**
 * Without Secure Boot, whoever once became root in a guest can put a boot loader or kernel of their own below its system,
 * which no reinstallation of packages removes. It takes all of: UEFI firmware that can do it and that the guest cannot
 * change, enrolled keys, and on x86 system management mode, which keeps the guest's kernel from the stored keys.
 *
 * What an existing variable store (`os/nvram`) holds is no part of the document: its keys may have been taken out.
 * @see https://libvirt.org/kbase/secureboot.html
 * @see https://libvirt.org/formatdomain.html#bios-bootloader
 */
export default definePolicy({
  name: "require-secure-boot",
  description: "Guests boot signed systems alone, by UEFI's Secure Boot with enrolled keys.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  settings: v.strictObject({
    /** Where the host's firmware is, which nobody but root may write: a loader of elsewhere proves nothing. */
    firmware: v.optional(v.array(folder), ["/usr/share/"]),
    /** Whether libvirt must be asked for enrolled keys; where guests enrol their own, they are not in the document. */
    enrolledKeys: v.optional(v.boolean(), true),
  }),
  check({ domain, settings, deny }) {
    const { os, features } = domain;
    const isOff = os?.loader?.secure === "no";
    const asks = (name: "secure-boot" | "enrolled-keys") =>
      os?.firmwareElement?.feature.some((feature) => feature.name === name && feature.enabled === "yes") === true;

    if (isOff || (os?.loader?.secure !== "yes" && !asks("secure-boot"))) {
      deny("the guest boots without Secure Boot; use firmware='efi' with the feature secure-boot", {
        at: isOff ? "os/loader/@secure" : "os",
      });
      return;
    }
    if (settings.enrolledKeys && !asks("enrolled-keys")) {
      deny("without enrolled keys Secure Boot lets everything boot; ask for the feature enrolled-keys", {
        at: "os/firmware",
      });
    }
    const isX86 = os?.type.arch === undefined || os.type.arch === "x86_64" || os.type.arch === "i686";
    if (isX86 && features?.smm?.state === "off") {
      deny("without SMM the guest's kernel can change Secure Boot's keys; switch it on", {
        at: "features/smm/@state",
      });
    }
    if (os?.loader?.readonly === "no") {
      deny("the guest can write its own firmware; use readonly='yes'", { at: "os/loader/@readonly" });
    }
    if (os?.loader?.type === "rom") {
      deny("firmware of type rom keeps no keys; use type pflash", { at: "os/loader/@type" });
    }
    for (const [what, path, at] of [
      ["firmware", os?.loader?.value, "os/loader"],
      ["template of variables", os?.nvram?.template, "os/nvram/@template"],
      ["template of variables", os?.varstore?.template, "os/varstore/@template"],
    ] as const) {
      if (!path || isBelow(path, settings.firmware)) continue;
      deny(`the ${what} ${path} is none of the host's own; use firmware='efi'`, { at });
    }
    if (os?.kernel !== undefined && os.shim === undefined) {
      deny("a kernel that is booted directly is not verified; boot from a disk, or by a shim", { at: "os/kernel" });
    }
  },
});

/** Whether a path lies in one of these folders by its name; one with `.`, `..` or repeated slashes lies in none. */
function isBelow(path: string, folders: readonly string[]): boolean {
  if (path.split("/").some((name, index) => index > 0 && /^\.{0,2}$/.test(name))) return false;
  return folders.some((folder) => path.startsWith(folder));
}
