import { guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./allowed-cpu-models.ts";

const EPYC = "<cpu mode='custom' match='exact'><model fallback='forbid'>EPYC-Rome</model></cpu>";

test("by default the model comes from libvirt's host-model alone", () => {
  judge(policy, guest("<cpu mode='host-model' check='partial'/>")).allowed();
  judge(policy, guest(EPYC)).denied({
    reason: "CPU model EPYC-Rome is not allowed; use mode host-model or a model that its settings list",
    at: "cpu/model",
  });
});

testEach("modes that are not listed are denied", { host: "host-passthrough", most: "maximum" }, (mode) => {
  const document = guest(`<cpu mode='${mode}'/>`);
  judge(policy, document).denied({ reason: `CPU mode ${mode} is not allowed; use mode host-model`, at: "cpu/@mode" });
  judge(policy, document, { settings: { modes: [mode] } }).allowed();
});

test("listed models are allowed, whether the mode is written or not, and others are denied", () => {
  const settings = { models: ["EPYC-Rome"], modes: [] };
  judge(policy, guest(EPYC), { settings }).allowed();
  judge(policy, guest("<cpu><model>EPYC-Rome</model></cpu>"), { settings }).allowed();
  judge(policy, guest("<cpu><model>EPYC</model></cpu>"), { settings }).denied(
    "CPU model EPYC is not allowed; use a model that its settings list",
  );
  judge(policy, guest("<cpu mode='host-model'/>"), { settings }).denied("CPU mode host-model is not allowed");
});

testEach(
  "a guest that names no model is denied, since it gets the hypervisor's default",
  { "no CPU": "", "a topology alone": "<cpu><topology sockets='1' cores='2' threads='1'/></cpu>" },
  (cpu) =>
    judge(policy, guest(cpu), { settings: { models: ["qemu64"] } }).denied({ reason: /names no CPU model/, at: "cpu" }),
);

test("features that protect from flaws may be asked for, and not taken away", () => {
  const features = (policy_: string) =>
    `<cpu mode='host-model'><feature policy='require' name='ssbd'/><feature policy='disable' name='hle'/>
      <feature policy='${policy_}' name='md-clear'/></cpu>`;
  judge(policy, guest(features("require"))).allowed();
  judge(policy, guest(features("disable"))).denied({
    reason: "CPU feature md-clear protects from flaws of the CPU; do not disable it",
    at: "cpu/feature[3]/@policy",
  });
  judge(policy, guest(features("forbid"))).denied("do not forbid it");
  judge(policy, guest(features("disable")), { settings: { mitigations: ["hle"] } }).denied({
    at: "cpu/feature[2]/@policy",
  });
});

test("a guest that migrates or is restored is judged as well", () => {
  judge(policy, guest(), { event: "qemu/migrate" }).denied();
  judge(policy, guest(), { event: "qemu/restore" }).denied();
});

test("the example lists models of several hosts", () => {
  judge(policy, guest(EPYC), { settings: "configured" }).allowed();
});

test("modes that libvirt does not have are refused", () => {
  settingsRefused(policy, { modes: ["host"] }, /^settings\.modes\[0\]: Invalid type: .* but received "host"$/);
});
