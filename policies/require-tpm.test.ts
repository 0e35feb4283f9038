import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./require-tpm.ts";

/** A guest with these TPMs. */
const withTpm = (...tpms: readonly string[]): string => guest(`<devices>${tpms.join("")}</devices>`);

const emulated = (version: string, parts = "", model = "tpm-crb"): string =>
  `<tpm model='${model}'><backend type='emulator' ${version}>${parts}</backend></tpm>`;

const V2 = "version='2.0'";
const PASSTHROUGH = "<tpm model='tpm-tis'><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>";
const EXTERNAL =
  "<tpm model='tpm-tis'><backend type='external'><source type='unix' path='/run/tpm.sock' mode='connect'/></backend></tpm>";

testEach(
  "an emulated TPM 2.0 is allowed",
  {
    "as it is": emulated(V2),
    "by another model": emulated(V2, "", "tpm-tis"),
    "with encrypted state": emulated(V2, "<encryption secret='6dd3e4a5-1d76-44ce-961f-f119f5aad935'/>"),
    "with its state where libvirt has it": emulated(
      V2,
      "<source type='dir' path='/var/lib/libvirt/swtpm/4dea22b3/tpm2'/>",
    ),
  },
  (tpm) => judge(policy, withTpm(tpm)).allowed(),
);

testEach("a guest without a TPM is denied", { "no devices": guest(), "other devices": withTpm() }, (document) =>
  judge(policy, document).denied({
    reason: "the guest has no TPM; give it one with the backend emulator, version 2.0",
    at: "devices",
  }),
);

testEach(
  "another TPM is denied, with the place",
  {
    "the host's": [PASSTHROUGH, "backend/@type", "a TPM by passthrough is not allowed; use emulator"],
    "somebody's": [EXTERNAL, "backend/@type", "a TPM by external is not allowed; use emulator"],
    "the host's on POWER": [
      emulated(V2, "", "spapr-tpm-proxy"),
      "@model",
      "the model spapr-tpm-proxy passes the host's TPM on; use tpm-spapr",
    ],
    "version 1.2": [emulated("version='1.2'"), "backend/@version", "a TPM 1.2 is not allowed; use 2.0"],
    "any version": [emulated("", "", "tpm-tis"), "backend/@version", "a TPM without a version is not allowed; use 2.0"],
    "state of elsewhere": [
      emulated(V2, "<source type='file' path='/tmp/tpm'/>"),
      "backend/source/@path",
      "the TPM's state /tmp/tpm lies where others can be; leave the source out",
    ],
    "state by detour": [
      emulated(V2, "<source type='file' path='/var/lib/libvirt/swtpm/../x'/>"),
      "backend/source/@path",
      /lies where others can be/,
    ],
  } as const,
  ([tpm, place, reason]) => judge(policy, withTpm(tpm)).denied({ at: `devices/tpm[1]/${place}`, reason }),
);

test("each TPM is judged, at every event that lets a guest in", () => {
  const document = withTpm(emulated(V2), PASSTHROUGH);
  for (const event of ["qemu/prepare", "qemu/migrate", "qemu/restore"] as const) {
    judge(policy, document, { event }).denied({ at: "devices/tpm[2]/backend/@type" });
  }
});

test("settings say that there need be none, and what else will do", () => {
  judge(policy, guest(), { settings: { required: false } }).allowed();
  const proxy = emulated(V2, "", "spapr-tpm-proxy");
  const settings = { backends: ["external" as const, "passthrough" as const, "emulator" as const] };
  for (const tpm of [PASSTHROUGH, EXTERNAL, proxy]) judge(policy, withTpm(tpm), { settings }).allowed();
  judge(policy, withTpm(emulated("version='1.2'")), { settings: { versions: ["1.2", "2.0"] } }).allowed();
  judge(policy, withTpm(emulated(V2)), { settings: { encryption: true } }).denied({
    reason: "the TPM's state is not encrypted; give it an encryption with a secret",
    at: "devices/tpm[1]/backend",
  });
  const elsewhere = emulated(V2, "<source type='dir' path='/srv/tpm/web1'/>");
  judge(policy, withTpm(elsewhere), { settings: { state: ["/srv/tpm/"] } }).allowed();
  judge(policy, withTpm(EXTERNAL), { settings: { backends: [] } }).denied("use none");
});

testEach(
  "settings are refused",
  {
    "a folder without a slash at its end": [
      { state: ["/srv/tpm"] },
      "settings.state[0]: must be a folder such as /var/lib/libvirt/swtpm/, with / at its end",
    ],
    "a version of none": [
      { versions: ["3.0"] },
      'settings.versions[0]: Invalid type: Expected ("1.2" | "2.0") but received "3.0"',
    ],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);
