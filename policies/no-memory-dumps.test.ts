import { guest, judge, test, testEach } from "virt-warden/test";
import policy from "./no-memory-dumps.ts";

testEach(
  "a guest whose memory stays where it is, is allowed",
  {
    "as it is": "",
    "left out of core dumps": "<memory unit='GiB' dumpCore='off'>1</memory>",
    "ended by a crash": "<on_crash>destroy</on_crash>",
    "kept after a crash": "<on_crash>preserve</on_crash>",
    "reset by a watchdog": "<devices><watchdog model='itco' action='reset'/><watchdog model='diag288'/></devices>",
  },
  (parts) => judge(policy, guest(parts)).allowed(),
);

testEach(
  "what writes its memory to a file is denied, with the place",
  {
    "core dumps of QEMU": [
      "<memory unit='GiB' dumpCore='on'>1</memory>",
      "memory/@dumpCore",
      "core dumps of the emulator hold the guest's memory; use dumpCore='off'",
    ],
    "a crash that ends it": [
      "<on_crash>coredump-destroy</on_crash>",
      "on_crash",
      "coredump-destroy writes the guest's memory to a file; use destroy",
    ],
    "a crash that restarts it": [
      "<on_crash>coredump-restart</on_crash>",
      "on_crash",
      "coredump-restart writes the guest's memory to a file; use restart",
    ],
    "a watchdog": [
      "<devices><watchdog model='itco' action='none'/><watchdog model='i6300esb' action='dump'/></devices>",
      "devices/watchdog[2]/@action",
      "the watchdog writes the guest's memory to a file; use the action reset",
    ],
  } as const,
  ([parts, at, reason]) => judge(policy, guest(parts)).denied({ at, reason }),
);

test("guests are judged at every event that lets one in", () => {
  const document = guest("<on_crash>coredump-restart</on_crash>");
  for (const event of ["qemu/prepare", "qemu/migrate", "qemu/restore", "libxl/prepare", "libxl/migrate"] as const) {
    judge(policy, document, { event }).denied("coredump-restart");
  }
});
