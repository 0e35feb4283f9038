import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-hypervisor-types.ts";

test("a guest that KVM runs is allowed", () => {
  judge(policy, guest()).allowed();
});

testEach("another type is denied", { emulation: "qemu", "macOS's": "hvf", "one of no event": "xen" }, (type) =>
  judge(policy, guest("", { type })).denied({ reason: `type ${type} is not allowed; use kvm`, at: "@type" }),
);

test("incoming guests are judged as well", () => {
  for (const event of ["qemu/migrate", "qemu/restore"] as const) {
    judge(policy, guest("", { type: "qemu" }), { event }).denied("type qemu is not allowed");
  }
});

test("settings list other types", () => {
  judge(policy, guest("", { type: "qemu" }), { settings: { types: ["kvm", "qemu"] } }).allowed();
  judge(policy, guest(), { settings: { types: ["hvf", "qemu"] } }).denied("type kvm is not allowed; use hvf or qemu");
  judge(policy, guest(), { settings: { types: [] } }).denied("use none");
});

test("a type that runs no guests of QEMU is refused in settings", () => {
  const message = 'settings.types[0]: Invalid type: Expected ("kvm" | "hvf" | "qemu") but received "xen"';
  settingsRefused(policy, { types: ["xen"] }, message);
});
