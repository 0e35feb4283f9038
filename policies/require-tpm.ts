import * as v from "valibot";
import { definePolicy } from "virt-warden";

const folder = v.pipe(
  v.string(),
  v.regex(/^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+\/$/, "must be a folder such as /var/lib/libvirt/swtpm/, with / at its end"),
);

/**
 * Systems keep the keys of their encrypted disks in a TPM, and measure there what they booted. One that is emulated for
 * the guest alone moves along with it; the host's own holds the host's keys. Unless an emulated one's state is encrypted,
 * whoever reads the file on the host has the guest's keys.
 * @see https://libvirt.org/formatdomain.html#tpm-device
 * @see https://www.qemu.org/docs/master/specs/tpm.html
 */
export default definePolicy({
  name: "require-tpm",
  description: "Guests have a TPM 2.0 of their own, and never the host's.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  settings: v.strictObject({
    /** Whether a guest without a TPM is refused. */
    required: v.optional(v.boolean(), true),
    /** What may provide it: `emulator`, `external`, `passthrough`. */
    backends: v.optional(v.array(v.picklist(["emulator", "external", "passthrough"])), ["emulator"]),
    /** Which versions an emulated one may have. */
    versions: v.optional(v.array(v.picklist(["1.2", "2.0"])), ["2.0"]),
    /** Whether an emulated one's state must be encrypted. */
    encryption: v.optional(v.boolean(), false),
    /** Where an emulated one's state may lie, if the document says where; libvirt's own choice always may. */
    state: v.optional(v.array(folder), ["/var/lib/libvirt/swtpm/"]),
  }),
  check({ domain, settings, deny }) {
    const devices = domain.devices?.tpm ?? [];
    if (settings.required && devices.length === 0) {
      deny("the guest has no TPM; give it one with the backend emulator, version 2.0", { at: "devices" });
    }
    for (const [index, { model, backend }] of devices.entries()) {
      const at = `devices/tpm[${index + 1}]`;
      if (!settings.backends.includes(backend.type)) {
        deny(`a TPM by ${backend.type} is not allowed; use ${listed(settings.backends)}`, {
          at: `${at}/backend/@type`,
        });
      }
      if (model === "spapr-tpm-proxy" && !settings.backends.includes("passthrough")) {
        deny("the model spapr-tpm-proxy passes the host's TPM on; use tpm-spapr", { at: `${at}/@model` });
      }
      if (backend.type !== "emulator") continue;
      // without a version it is libvirt's choice, which for the model tpm-tis on x86 is 1.2
      if (backend.version === undefined || !settings.versions.includes(backend.version)) {
        const version = backend.version ?? "without a version";
        deny(`a TPM ${version} is not allowed; use ${listed(settings.versions)}`, { at: `${at}/backend/@version` });
      }
      if (settings.encryption && backend.encryption === undefined) {
        deny("the TPM's state is not encrypted; give it an encryption with a secret", { at: `${at}/backend` });
      }
      const path = backend.source?.path;
      if (path !== undefined && !isBelow(path, settings.state)) {
        deny(`the TPM's state ${path} lies where others can be; leave the source out`, {
          at: `${at}/backend/source/@path`,
        });
      }
    }
  },
});

/** The words of a list, for a reason. */
function listed(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(" or ");
}

/** Whether a path lies in one of these folders by its name; one with `.`, `..` or repeated slashes lies in none. */
function isBelow(path: string, folders: readonly string[]): boolean {
  if (path.split("/").some((name, index) => index > 0 && /^\.{0,2}$/.test(name))) return false;
  return folders.some((folder) => path.startsWith(folder));
}
