import type { Meanings } from "./meanings.ts";

/** What the parts of a guest's launch security mean. */
export const launchSecurity: Meanings = {
  "launchSecurity/@type":
    "The technology: AMD `sev` (memory encryption) and `sev-snp` (with integrity), Intel `tdx`, IBM `s390-pv`.",
  "launchSecurity/@kernelHashes":
    "Whether the measurement covers `os.kernel`, `os.initrd` and `os.cmdline`. Without it the host can swap a directly booted kernel unnoticed.",
  "launchSecurity/@authorKey": "SEV-SNP: whether `idAuth` holds an author key.",
  "launchSecurity/@vcek":
    "SEV-SNP: whether the guest may have its reports signed with the chip's own key (VCEK); `no` forbids it.",
  "launchSecurity/cbitpos":
    "SEV: the bit of a page table entry that marks a page as encrypted; the host's CPU decides it.",
  "launchSecurity/reducedPhysBits":
    "SEV: how many bits of physical addresses encryption takes; the host's CPU decides it.",
  "launchSecurity/policy":
    "What the host may do with the guest, in hex. SEV: bit 0 forbids debugging, 1 sharing keys, 3 sending the guest away; 2 requires SEV-ES. SNP: bit 19 allows debugging, 16 SMT. TDX: bit 0 allows debugging.",
  "launchSecurity/handle": "SEV: the handle of the guest in the platform's firmware.",
  "launchSecurity/dhCert": "SEV: the guest owner's Diffie-Hellman key, in base64, for a channel to the firmware.",
  "launchSecurity/session": "SEV: the guest owner's session data for the firmware, in base64.",
  "launchSecurity/guestVisibleWorkarounds":
    "SEV-SNP: which workarounds the hypervisor reports to the guest: 16 bytes in base64.",
  "launchSecurity/idBlock":
    "SEV-SNP: the block that identifies the guest and its expected measurement: 96 bytes in base64.",
  "launchSecurity/idAuth": "SEV-SNP: the signature and keys that authenticate `idBlock`: 4096 bytes in base64.",
  "launchSecurity/hostData": "SEV-SNP: data of the host's choice that attestation reports repeat: 32 bytes in base64.",
  "launchSecurity/mrConfigId":
    "TDX: identifies configuration that is not the owner's, such as the system's: a SHA-384 digest in base64.",
  "launchSecurity/mrOwner": "TDX: identifies the guest's owner: a SHA-384 digest in base64.",
  "launchSecurity/mrOwnerConfig": "TDX: identifies the owner's own configuration: a SHA-384 digest in base64.",
  "launchSecurity/quoteGenerationService":
    "TDX: the host's service that signs attestation quotes. Absent: the guest cannot be attested remotely.",
  "quoteGenerationService/@path": "The service's UNIX socket. Absent: its usual place.",
};
