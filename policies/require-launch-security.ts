import * as v from "valibot";
import { type DomainLaunchSecurity, definePolicy } from "virt-warden";

const TECHNOLOGIES = ["sev", "sev-snp", "tdx", "s390-pv"] as const;

/**
 * Without it the host's root, and whoever became that, reads the memory of every guest. Technology alone is not enough:
 * each has a policy by which the host may debug the guest, which is to read it all the same. Whether a guest's owner
 * checks the measurement before handing over secrets is no part of the document.
 * @see https://libvirt.org/kbase/launch_security_sev.html
 * @see https://libvirt.org/formatdomain.html#launch-security
 * @see https://www.qemu.org/docs/master/system/i386/amd-memory-encryption.html
 */
export default definePolicy({
  name: "require-launch-security",
  description: "Guests' memory is encrypted by the CPU, and the host may not debug it.",
  on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
  settings: v.strictObject({
    /** Which technologies will do. */
    types: v.optional(v.array(v.picklist(TECHNOLOGIES)), [...TECHNOLOGIES]),
    /** Whether SEV must encrypt the CPU's registers as well (SEV-ES). */
    sevEs: v.optional(v.boolean(), true),
    /** Whether SEV-SNP guests may run on threads that share a core with others. */
    smt: v.optional(v.boolean(), true),
  }),
  check({ domain, settings, deny }) {
    const security = domain.launchSecurity;
    if (security === undefined) {
      deny(`the guest's memory is not encrypted; use launchSecurity ${settings.types.join(" or ") || "none"}`);
      return;
    }
    if (!settings.types.includes(security.type)) {
      const use = settings.types.join(" or ") || "none";
      deny(`launchSecurity ${security.type} is not allowed; use ${use}`, { at: "launchSecurity/@type" });
    }
    const at = "launchSecurity/policy";
    const has = (bit: bigint) => (policyOf(security) & (1n << bit)) !== 0n;
    if (security.type === "sev") {
      if (!has(0n)) deny("the policy lets the host debug the guest; set bit 0 (0x1)", { at });
      if (settings.sevEs && !has(2n)) deny("the policy leaves registers unencrypted; set bit 2 (0x4)", { at });
    } else if (security.type === "sev-snp") {
      if (has(19n)) deny("the policy lets the host debug the guest; clear bit 19 (0x80000)", { at });
      if (!settings.smt && has(16n)) deny("the policy allows SMT; clear bit 16 (0x10000)", { at });
    } else if (security.type === "tdx" && has(0n)) {
      deny("the policy lets the host debug the guest; clear bit 0 (0x1)", { at });
    }
    const isAmd = security.type === "sev" || security.type === "sev-snp";
    if (isAmd && domain.os?.kernel !== undefined && security.kernelHashes !== "yes") {
      deny("the kernel that is booted directly is not measured; use kernelHashes='yes'", {
        at: "launchSecurity/@kernelHashes",
      });
    }
  },
});

/**
 * The bits of a policy. libvirt reads it as hexadecimal, with or without `0x`.
 * @see virDomainSEVDefParseXML in libvirt's src/conf/domain_conf.c
 */
function policyOf(security: DomainLaunchSecurity): bigint {
  const text = ("policy" in security ? security.policy : undefined) ?? "0";
  return BigInt(`0x${text.replace(/^0x/, "")}`);
}
