import { changed, guest, judge, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./guest-limits.ts";

const GIB = 2 ** 30;
const HOST = { cpus: 8, memory: 64 * GIB } as const;
const SETTINGS = { memory: 4096, vcpus: 4, iothreads: 2 } as const;

const cells = (...sizes: readonly number[]): string =>
  `<cpu><numa>${sizes.map((size, id) => `<cell id='${id}' cpus='${id}' memory='${size}' unit='GiB'/>`).join("")}</numa></cpu>`;

testEach(
  "a guest within the limits is allowed",
  {
    "as it is": guest(),
    "with all that is allowed": guest(
      "<memory unit='GiB'>4</memory><currentMemory unit='GiB'>4</currentMemory><maxMemory slots='2' unit='GiB'>4</maxMemory>" +
        "<vcpu current='1'>4</vcpu><iothreads>2</iothreads><iothreadids><iothread id='1'/><iothread id='4'/></iothreadids>",
    ),
    "without a number of vCPUs": changed(guest(), (edit) => edit.removeElement("vcpu")),
    "with NUMA cells": guest(cells(2, 2)),
    "with NUMA cells that say its memory": changed(guest(cells(2, 2)), (edit) => edit.removeElement("memory")),
    "with a NUMA cell in KiB": guest("<cpu><numa><cell memory='4194304'/></numa></cpu>"),
    "with locked memory that is limited": guest(
      "<memoryBacking><locked/></memoryBacking><memtune><hard_limit unit='GiB'>5</hard_limit></memtune>",
    ),
  },
  (document) => judge(policy, document, { settings: SETTINGS, host: HOST }).allowed(),
);

testEach(
  "a guest beyond a limit is denied, with the place",
  {
    "by its memory": [
      "<memory unit='MiB'>4097</memory>",
      "memory",
      "4097 MiB of memory are more than the limit of 4096 MiB",
    ],
    "by what can be plugged in": [
      "<maxMemory slots='2' unit='GiB'>8</maxMemory>",
      "maxMemory",
      "8192 MiB of maxMemory are more than the limit of 4096 MiB",
    ],
    "by what its balloon leaves": [
      "<currentMemory unit='GiB'>5</currentMemory>",
      "currentMemory",
      /^5120 MiB of currentMemory/,
    ],
    "by its NUMA cells together": [cells(3, 2), "cpu/numa", "5120 MiB of cpu/numa are more than the limit of 4096 MiB"],
    "by a byte": ["<memory unit='b'>4294967297</memory>", "memory", /^4097 MiB of memory/],
    "by locked memory": [
      "<memoryBacking><locked/></memoryBacking>",
      "memoryBacking/locked",
      "locked memory has no limit; leave locked out, or set memtune/hard_limit",
    ],
    "by vCPUs that may be plugged in": ["<vcpu current='1'>5</vcpu>", "vcpu", "5 vCPUs are more than the limit of 4"],
    "by I/O threads": ["<iothreads>3</iothreads>", "iothreads", "3 I/O threads are more than the limit of 2"],
    "by I/O threads one by one": [
      "<iothreads>1</iothreads><iothreadids><iothread id='1'/><iothread id='2'/><iothread id='3'/></iothreadids>",
      "iothreadids",
      "3 I/O threads are more than the limit of 2",
    ],
  } as const,
  ([parts, at, reason]) => judge(policy, guest(parts), { settings: SETTINGS, host: HOST }).denied({ at, reason }),
);

test("without settings the host is the limit", () => {
  const most = "<memory unit='GiB'>64</memory><vcpu>8</vcpu><iothreads>8</iothreads>";
  judge(policy, guest(most), { host: HOST }).allowed();
  judge(policy, guest(most), { host: { cpus: 7, memory: 64 * GIB - 1 } }).denied(
    "65536 MiB of memory are more than the limit of 65535 MiB",
    "8 vCPUs are more than the limit of 7",
    "8 I/O threads are more than the limit of 7",
  );
});

test("a guest that does not say how much memory it has is denied", () => {
  const document = changed(guest(), (edit) => edit.removeElement("memory"));
  judge(policy, document).denied({ reason: "the guest does not say how much memory it has", at: "memory" });
});

test("where it may be, memory is locked without a limit", () => {
  const document = guest("<memoryBacking><locked/></memoryBacking>");
  judge(policy, document, { settings: { locked: true } }).allowed();
});

test("guests are judged at each hook that starts one", () => {
  const events = [
    "qemu/prepare",
    "qemu/migrate",
    "qemu/restore",
    "lxc/prepare",
    "libxl/prepare",
    "libxl/migrate",
  ] as const;
  for (const event of events) {
    judge(policy, guest("<vcpu>5</vcpu>"), { event, settings: SETTINGS }).denied("5 vCPUs");
  }
});

testEach(
  "settings are refused",
  {
    "no memory": [{ memory: 0 }, /^settings\.memory: Invalid value: Expected >0 but received 0$/],
    "half a CPU more": [{ vcpus: 1.5 }, /^settings\.vcpus: Invalid integer: Received 1\.5$/],
    "a text": [{ iothreads: "2" }, /^settings\.iothreads: Invalid type: Expected number but received "2"$/],
    "another word": [{ cpus: 2 }, /^settings\.cpus: Invalid key: Expected never but received "cpus"$/],
  },
  ([settings, message]) => settingsRefused(policy, settings, message),
);
