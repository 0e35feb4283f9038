import { guest, judge, test, testEach } from "virt-warden/test";
import policy from "./no-host-passthrough.ts";

const REASON = "CPU mode host-passthrough ties the guest to this host; use host-model or a named model";

test("a guest with the host's own CPU is denied, with the place", () =>
  judge(policy, guest("<cpu mode='host-passthrough' check='none' migratable='on'/>")).denied({
    policy: "no-host-passthrough",
    reason: REASON,
    at: "cpu/@mode",
  }));

test("mode maximum is denied as well, since with KVM it is the same", () =>
  judge(policy, guest("<cpu mode='maximum' migratable='on'/>")).denied({
    reason: REASON.replace("host-passthrough", "maximum"),
    at: "cpu/@mode",
  }));

testEach(
  "guests that arrive are judged as well",
  { migration: "qemu/migrate", restore: "qemu/restore" } as const,
  (event) => judge(policy, guest("<cpu mode='host-passthrough'/>"), { event }).denied(REASON),
);

test("a mode written with character references is the same mode", () =>
  judge(policy, guest("<cpu mode='host-&#x70;assthr&#111;ugh'/>")).denied(REASON));

testEach(
  "other CPUs are allowed",
  {
    none: "",
    "host-model": "<cpu mode='host-model' check='partial'/>",
    "a named model": "<cpu mode='custom' match='exact'><model fallback='forbid'>EPYC</model></cpu>",
    "a named model without a mode": "<cpu match='exact'><model>Skylake-Server</model></cpu>",
    "a topology alone": "<cpu><topology sockets='1' cores='2' threads='1'/></cpu>",
  },
  (cpu) => judge(policy, guest(cpu)).allowed(),
);

test("the words elsewhere in the document, or in another namespace, mean nothing", () => {
  const metadata = "<metadata><x:cpu xmlns:x='urn:x' mode='host-passthrough'/></metadata>";
  return judge(policy, guest(`<description>host-passthrough</description>${metadata}`)).allowed();
});
