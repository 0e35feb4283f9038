import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-machine-types.ts";

/** A guest on this machine. */
const on = (machine: string): string => guest(`<os><type arch='x86_64' machine='${machine}'>hvm</type></os>`);

const PLACE = "os/type/@machine";

testEach(
  "a maintained machine type is allowed",
  {
    "q35, the newest": "q35",
    "q35 of a version": "pc-q35-9.1",
    "q35 of a distribution": "pc-q35-rhel9.4.0",
    "Arm's": "virt-8.2",
    "s390's": "s390-ccw-virtio-9.0",
    "POWER's": "pseries",
  },
  (machine) => judge(policy, on(machine)).allowed(),
);

testEach(
  "another machine type is denied",
  {
    "the old PC": "pc",
    "one of its versions": "pc-i440fx-2.1",
    "no PC": "isapc",
    "half a name": "q35-x",
    none: "none",
  },
  (machine) =>
    judge(policy, on(machine)).denied({
      reason: `machine type ${machine} is not allowed; use one that its settings list, such as q35`,
      at: PLACE,
    }),
);

test("a guest without a machine type is denied, since QEMU's default is an old one", () => {
  judge(policy, guest("<os><type arch='x86_64'>hvm</type></os>")).denied({
    reason: "the guest has no machine type, so that QEMU's default applies; write one",
    at: PLACE,
  });
});

const OLDEST = { oldest: { "pc-q35": "6.2", "pc-q35-rhel": "9.0.0", virt: "7" } } as const;

testEach(
  "one that is not older than its family's oldest is allowed",
  {
    "that one": "pc-q35-6.2",
    "a later one": "pc-q35-6.10",
    "the next": "pc-q35-10.0",
    "a distribution's": "pc-q35-rhel9.0.0",
    "less exact": "virt-7.0",
    "the newest": "q35",
    "one of a family without": "pseries-2.12",
    "more exact": "virt-7.2",
  },
  (machine) => judge(policy, on(machine), { settings: OLDEST }).allowed(),
);

testEach(
  "an older one is denied",
  {
    "by its second number": ["pc-q35-6.1", "machine type pc-q35-6.1 is older than version 6.2"],
    "by its first": ["pc-q35-2.12", "machine type pc-q35-2.12 is older than version 6.2"],
    "by its third": ["pc-q35-rhel8.6.0", "machine type pc-q35-rhel8.6.0 is older than version 9.0.0"],
    "less exact": ["virt-6", "machine type virt-6 is older than version 7"],
    "by a number that it lacks": ["pc-q35-6", "machine type pc-q35-6 is older than version 6.2"],
  } as const,
  ([machine, reason]) => judge(policy, on(machine), { settings: OLDEST }).denied({ reason, at: PLACE }),
);

testEach(
  "one whose version cannot be compared is denied",
  { "a release by its name": "pc-q35-noble", "a family of its own": "pc-q35-suse15.4" },
  (machine) =>
    judge(policy, on(machine), { settings: OLDEST }).denied({
      reason: `machine type ${machine} has no version that can be compared; use one that oldest names`,
      at: PLACE,
    }),
);

test("settings list other types, and incoming guests are judged as well", () => {
  for (const event of ["qemu/prepare", "qemu/migrate", "qemu/restore"] as const) {
    judge(policy, on("pc-i440fx-9.0"), { event, settings: { types: ["pc-i440fx-9.0"] } }).allowed();
    judge(policy, on("pc-i440fx-9.00"), { event, settings: { types: ["pc-i440fx-9.0"] } }).denied(
      "such as pc-i440fx-9.0",
    );
  }
});

testEach(
  "settings are refused",
  {
    "a star in the middle": [
      { types: ["pc-*-9.0"] },
      "settings.types[0]: must be a machine type such as q35 or pc-q35-*, with * at its end at most",
    ],
    "no types": [{ types: [] }, "settings.types: Invalid length: Expected >=1 but received 0"],
    "a version with words": [
      { oldest: { "pc-q35": "v6" } },
      "settings.oldest.pc-q35: must be a version such as 6.2, in quotes",
    ],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);
