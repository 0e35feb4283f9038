import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./require-secure-boot.ts";

const FEATURES =
  "<firmware><feature enabled='yes' name='enrolled-keys'/><feature enabled='yes' name='secure-boot'/></firmware>";
const LOADER = "<loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE_4M.ms.fd</loader>";
const NVRAM = "<nvram template='/usr/share/OVMF/OVMF_VARS_4M.ms.fd'>/var/lib/libvirt/qemu/nvram/web1_VARS.fd</nvram>";

/** A guest that boots so. */
const booting = (parts: string, more = "", arch = "x86_64"): string =>
  guest(`<os firmware='efi'><type arch='${arch}' machine='q35'>hvm</type>${parts}</os>${more}`);

testEach(
  "Secure Boot with enrolled keys is allowed",
  {
    "before libvirt chose the firmware": booting(FEATURES),
    "after it": booting(FEATURES + LOADER + NVRAM, "<features><smm state='on'/></features>"),
    "without a loader's path": booting(`${FEATURES}<loader secure='yes'/>`),
    "on Arm, which has no SMM": booting(FEATURES, "<features><smm state='off'/></features>", "aarch64"),
    "with variables in a store of their own": booting(
      `${FEATURES}<varstore template='/usr/share/qemu/vars.json' path='/var/lib/libvirt/qemu/varstore/web1.json'/>`,
    ),
    "of a kernel behind a shim": booting(`${FEATURES}<kernel>/boot/vmlinuz</kernel><shim>/boot/shimx64.efi</shim>`),
  },
  (document) => judge(policy, document).allowed(),
);

testEach(
  "a guest without Secure Boot is denied",
  {
    BIOS: guest("<os><type arch='x86_64'>hvm</type></os>"),
    "nothing said": guest("<os><type>hvm</type></os>"),
    "UEFI of any kind": booting(""),
    "the feature not asked for": booting("<firmware><feature enabled='no' name='secure-boot'/></firmware>"),
    "keys alone": booting("<firmware><feature enabled='yes' name='enrolled-keys'/></firmware>"),
  },
  (document) =>
    judge(policy, document).denied({
      reason: "the guest boots without Secure Boot; use firmware='efi' with the feature secure-boot",
      at: "os",
    }),
);

const TEMPLATES = FEATURES + LOADER.replace("/usr/share", "/home/x");

testEach(
  "what takes Secure Boot's effect away is denied, with the place",
  {
    "a loader that has none": [booting(`${FEATURES}<loader secure='no'/>`), "os/loader/@secure", /without Secure Boot/],
    "no keys": [booting(LOADER), "os/firmware", /^without enrolled keys Secure Boot lets everything boot; ask/],
    "keys that must not be there": [
      booting(FEATURES.replace("'yes' name='enrolled", "'no' name='enrolled")),
      "os/firmware",
      /^without enrolled keys/,
    ],
    "no SMM": [booting(FEATURES, "<features><smm state='off'/></features>"), "features/smm/@state", /^without SMM/],
    "firmware that can be written": [
      booting(`${FEATURES}<loader secure='yes' readonly='no' type='pflash'/>`),
      "os/loader/@readonly",
      "the guest can write its own firmware; use readonly='yes'",
    ],
    "firmware without variables": [
      booting(`${FEATURES}<loader secure='yes' type='rom'/>`),
      "os/loader/@type",
      "firmware of type rom keeps no keys; use type pflash",
    ],
    "firmware of elsewhere": [
      booting(TEMPLATES),
      "os/loader",
      "the firmware /home/x/OVMF/OVMF_CODE_4M.ms.fd is none of the host's own; use firmware='efi'",
    ],
    "firmware of elsewhere by detour": [
      booting(TEMPLATES.replace("/home", "/usr/share/../../home")),
      "os/loader",
      /is none of the host's own/,
    ],
    "variables of elsewhere": [
      booting(FEATURES + NVRAM.replace("/usr/share", "/srv")),
      "os/nvram/@template",
      /^the template of variables \/srv\/OVMF/,
    ],
    "a variable store of elsewhere": [
      booting(`${FEATURES}<varstore template='/srv/vars.json'/>`),
      "os/varstore/@template",
      /^the template of variables \/srv\/vars/,
    ],
    "a kernel that nobody verifies": [
      booting(`${FEATURES}<kernel>/boot/vmlinuz</kernel>`),
      "os/kernel",
      "a kernel that is booted directly is not verified; boot from a disk, or by a shim",
    ],
  } as const,
  ([document, at, reason]) => judge(policy, document).denied({ at, reason }),
);

test("without an architecture SMM is needed as well", () => {
  const document = booting(FEATURES, "<features><smm state='off'/></features>").replace("arch='x86_64'", "");
  judge(policy, document).denied("without SMM");
});

test("settings say where the host's firmware is, and that guests enrol keys of their own", () => {
  const settings = { firmware: ["/opt/firmware/"], enrolledKeys: false };
  const loader = LOADER.replace("/usr/share/OVMF", "/opt/firmware");
  judge(policy, booting(loader), { settings }).allowed();
  judge(policy, booting(LOADER), { settings }).denied({ at: "os/loader" });
});

test("incoming guests are judged as well", () => {
  for (const event of ["qemu/migrate", "qemu/restore"] as const) {
    judge(policy, booting(FEATURES), { event }).allowed();
    judge(policy, booting(""), { event }).denied("the guest boots without Secure Boot");
  }
});

testEach(
  "it is refused as a folder",
  { relative: "usr/share/", "without a slash at its end": "/usr/share", "with ..": "/usr/../", "the root": "/" },
  (folder) =>
    settingsRefused(
      policy,
      { firmware: [folder] },
      "settings.firmware[0]: must be a folder such as /usr/share/OVMF/, with / at its end",
    ),
);
