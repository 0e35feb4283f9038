import type { Meanings } from "./meanings.ts";

const BANK = "A bank of registers";

/** What the parts of a TPM mean. */
export const tpm: Meanings = {
  "devices/tpm": "A trusted platform module: the guest's keys and measurements of its boot.",
  "tpm/@model":
    "The device that the guest sees: `tpm-tis`, the default but on POWER; `tpm-crb`, for TPM 2.0; `tpm-spapr` on POWER; `spapr-tpm-proxy` passes a POWER host's on for its secure mode.",
  "tpm/backend": "What provides the TPM.",
  "tpm/backend/@type":
    "`emulator`: an swtpm of the guest's own, started by libvirt; `passthrough`: the host's TPM, used by this guest alone; `external`: an emulator that someone else starts.",
  "tpm/backend/@version": "The TPM's version. Absent: depends on hypervisor, architecture and model.",
  "tpm/backend/@persistent_state":
    "Whether the emulator's state outlives a transient guest; `no` when absent. Keys in the TPM are lost with the state.",
  "tpm/backend/@debug": "How much the emulator logs; absent, nothing.",
  "tpm/backend/device": "The host's TPM, for `passthrough`.",
  "tpm/backend/device/@path": "The device file on the host; `/dev/tpm0` when absent.",
  "tpm/backend/encryption":
    "Encrypts the emulator's state on the host's disk. Absent: whoever reads the file has the keys.",
  "tpm/backend/encryption/@secret": "The UUID of the libvirt secret that holds the passphrase.",
  "tpm/backend/active_pcr_banks":
    "The PCR banks of a TPM 2.0 that are switched on before each start. Absent: as they were last.",
  "active_pcr_banks/sha1": `${BANK} that measures with SHA-1, which is weak.`,
  "active_pcr_banks/sha256": `${BANK} that measures with SHA-256.`,
  "active_pcr_banks/sha384": `${BANK} that measures with SHA-384.`,
  "active_pcr_banks/sha512": `${BANK} that measures with SHA-512.`,
  "tpm/backend/source":
    "Where an emulator keeps its state, or the socket of an `external` one. Absent: libvirt's choice.",
  "tpm/backend/source/@type":
    "`file` and `dir` hold the state of an `emulator`; `unix` is the socket of an `external` one.",
  "tpm/backend/source/@path": "The path on the host. Two guests with the same one would share a TPM.",
  "tpm/backend/source/@mode": "How the socket is used: QEMU connects to it.",
  "tpm/backend/profile":
    "The set of algorithms and commands that a new TPM 2.0 of an `emulator` gets; fixed from then on.",
  "tpm/backend/profile/@source":
    "The profile's name for swtpm, such as `custom`, or with `local:` or `distro:` before it.",
  "tpm/backend/profile/@name": "The name that the profile in use gives itself; libvirt fills it in.",
  "tpm/backend/profile/@removeDisabled":
    "Which algorithms are left out of a `custom` profile on hosts in FIPS mode: those disabled now (`check`), or all that may be (`fips-host`).",
};
