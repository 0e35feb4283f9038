import { changed, guest, judge, settingsRefused, type TestHost, test, testEach } from "virt-warden/test";
import policy from "./no-overcommit.ts";

const GIB = 2 ** 30;

/** A guest's document; memory in MiB. */
const sized = (name: string, memory: number, vcpus: number, current = 1): string =>
  guest(
    `<memory unit='KiB'>${memory * 1024}</memory><currentMemory unit='KiB'>1024</currentMemory>` +
      `<vcpu current='${current}'>${vcpus}</vcpu>`,
    { name, uuid: `00000000-0000-0000-0000-${String(name.charCodeAt(0)).padStart(12, "0")}` },
  );

/** A host with 8 CPUs and 64 GiB, on which these guests run. */
const host = (...guests: NonNullable<TestHost["guests"]>): TestHost => ({ cpus: 8, memory: 64 * GIB, guests });

test("guests are allowed up to all of the host's memory and four vCPUs a CPU, and not beyond", () => {
  const others = host(sized("a", 32 * 1024, 16), sized("b", 16 * 1024, 12));
  judge(policy, sized("web1", 16 * 1024, 4), { host: others }).allowed();
  judge(policy, sized("web1", 16 * 1024 + 1, 5), { host: others }).denied(
    { reason: "5 vCPUs and 28 of 2 other guests are more than the limit of 32 (8 CPUs, ratio 4)", at: "vcpu" },
    {
      reason: "16385 MiB of memory and 48 GiB of 2 other guests are more than the limit of 64 GiB (64 GiB, ratio 1)",
      at: "memory",
    },
  );
});

test("a guest that is alone on the host is judged as well", () => {
  judge(policy, sized("web1", 64 * 1024, 32), { host: host() }).allowed();
  judge(policy, sized("web1", 128 * 1024, 1), { host: host() }).denied({
    reason: "128 GiB of memory are more than the limit of 64 GiB (64 GiB, ratio 1)",
    at: "memory",
  });
});

test("the settings give the ratios, and what stays with the host", () => {
  const others = host(sized("a", 40 * 1024, 8));
  const settings = { memory: 1.5, vcpus: 1.25, reserve: 4096 };
  judge(policy, sized("web1", 50 * 1024, 2), { host: others, settings }).allowed();
  judge(policy, sized("web1", 50 * 1024 + 1, 3), { host: others, settings }).denied(
    "3 vCPUs and 8 of 1 other guest are more than the limit of 10 (8 CPUs, ratio 1.25)",
    "51201 MiB of memory and 40 GiB of 1 other guest are more than the limit of 90 GiB (64 GiB, 4096 MiB reserved, ratio 1.5)",
  );
});

testEach(
  "settings are refused",
  {
    "no memory": [{ memory: 0 }, /^settings\.memory: Invalid value: Expected >0 but received 0$/],
    "less than no vCPUs": [{ vcpus: -1 }, /^settings\.vcpus: Invalid value: Expected >0 but received -1$/],
    "less than nothing": [{ reserve: -1 }, /^settings\.reserve: Invalid value: Expected >=0 but received -1$/],
    "a text": [{ memory: "2" }, /^settings\.memory: Invalid type: Expected number but received "2"$/],
    "another word": [{ cpus: 2 }, /^settings\.cpus: Invalid key: Expected never but received "cpus"$/],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);

test("a guest counts with the most that it can have, also without a number of vCPUs", () => {
  const without = changed(sized("web1", 1024, 1), (edit) => edit.removeElement("vcpu"));
  judge(policy, without, { host: host(sized("a", 1024, 31, 2)) }).allowed();
  judge(policy, without, { host: host(sized("a", 1024, 32, 2)) }).denied("1 vCPUs and 32 of 1 other guest");
});

test("a document that does not say how much memory its guest has is denied", () => {
  const without = changed(sized("web1", 1024, 1), (edit) => edit.removeElement("memory"));
  judge(policy, without, { host: host() }).denied({
    reason: "the guest does not say how much memory it has",
    at: "memory",
  });
});

test("a guest is denied at each hook that starts one, and those of each hook count, also while they start", () => {
  const box = { document: sized("box", 512, 3), hook: "lxc", starting: true } as const;
  const small = { ...host(box), memory: GIB };
  for (const event of [
    "qemu/prepare",
    "qemu/restore",
    "qemu/migrate",
    "lxc/prepare",
    "libxl/prepare",
    "libxl/migrate",
  ] as const) {
    judge(policy, sized("web1", 1024, 1), { event, host: small }).denied({
      reason: "1 GiB of memory and 512 MiB of 1 other guest are more than the limit of 1 GiB (1 GiB, ratio 1)",
      at: "memory",
    });
  }
});
