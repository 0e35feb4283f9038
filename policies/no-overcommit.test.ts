import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { readRunningGuests } from "../src/engine/running-guests.ts";
import { buildModel } from "../src/model/build-model.ts";
import { parseXml } from "../src/xml/parse.ts";
import { type Built, build } from "../test/support/launcher.ts";
import { needsRoot } from "../test/support/needs-root.ts";
import { makePrivateRun, type PrivateRun, stateFile } from "../test/support/private-run.ts";
import policy from "./no-overcommit.ts";

const GIB = 2 ** 30;

/** A guest's document; memory in MiB. */
function guest(name: string, memory: number, vcpus: number, current = 1): string {
  const uuid = `00000000-0000-0000-0000-${Buffer.from(name).toString("hex").padStart(12, "0").slice(-12)}`;
  return `<domain type='kvm'>
  <name>${name}</name>
  <uuid>${uuid}</uuid>
  <memory unit='KiB'>${memory * 1024}</memory>
  <currentMemory unit='KiB'>1024</currentMemory>
  <vcpu current='${current}'>${vcpus}</vcpu>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`;
}

/** The files of guests that run, as the root side gives them. */
function running(...documents: readonly string[]): string {
  const files = documents.map((document, index) => {
    return `/run/libvirt/qemu/g${index}.xml\n${stateFile(document).trimEnd().replace(/^/gm, "|")}\n`;
  });
  return files.join("");
}

/** What is denied on a host with 8 CPUs and 64 GiB, and where. */
function denials(document: string, guests = "", settings: object = {}): string[] {
  const found: string[] = [];
  const validated = policy.settings?.["~standard"].validate(settings);
  if (validated === undefined || !("value" in validated) || validated.issues !== undefined)
    throw new Error("the settings are not valid");
  const host = { hostname: "h", cpus: 8, memory: 64 * GIB, guests: readRunningGuests(guests, { hook: "qemu" }) };
  const context = {
    domain: buildModel(parseXml(Buffer.from(document)), "domain"),
    host,
    settings: validated.value,
    deny: (reason: string, place?: { at?: string }) => found.push(`${place?.at}: ${reason}`),
  };
  policy.check(context as unknown as Parameters<typeof policy.check>[0]);
  return found;
}

test("guests are allowed up to all of the host's memory and four vCPUs a CPU, and not beyond", () => {
  const others = running(guest("a", 32 * 1024, 16), guest("b", 16 * 1024, 12));
  assert.deepEqual(denials(guest("web1", 16 * 1024, 4), others), []);
  assert.deepEqual(denials(guest("web1", 16 * 1024 + 1, 5), others), [
    "vcpu: 5 vCPUs and 28 of 2 other guests are more than the limit of 32 (8 CPUs, ratio 4)",
    "memory: 16385 MiB of memory and 48 GiB of 2 other guests are more than the limit of 64 GiB (64 GiB, ratio 1)",
  ]);
});

test("a guest that is alone on the host is judged as well", () => {
  assert.deepEqual(denials(guest("web1", 64 * 1024, 32)), []);
  assert.deepEqual(denials(guest("web1", 128 * 1024, 1)), [
    "memory: 128 GiB of memory are more than the limit of 64 GiB (64 GiB, ratio 1)",
  ]);
});

test("the settings give the ratios, and what stays with the host", () => {
  const others = running(guest("a", 40 * 1024, 8));
  const settings = { memory: 1.5, vcpus: 1.25, reserve: 4096 };
  assert.deepEqual(denials(guest("web1", 50 * 1024, 2), others, settings), []);
  assert.deepEqual(denials(guest("web1", 50 * 1024 + 1, 3), others, settings), [
    "vcpu: 3 vCPUs and 8 of 1 other guest are more than the limit of 10 (8 CPUs, ratio 1.25)",
    "memory: 51201 MiB of memory and 40 GiB of 1 other guest are more than the limit of 90 GiB (64 GiB, 4096 MiB reserved, ratio 1.5)",
  ]);
  for (const wrong of [{ memory: 0 }, { vcpus: -1 }, { reserve: -1 }, { memory: "2" }, { cpus: 2 }]) {
    assert.throws(() => denials(guest("web1", 1, 1), "", wrong), JSON.stringify(wrong));
  }
});

test("a guest counts with the most that it can have, also without a number of vCPUs", () => {
  const without = guest("web1", 1024, 1).replace(/<vcpu.*<\/vcpu>/, "");
  assert.deepEqual(denials(without, running(guest("a", 1024, 31, 2))), []);
  assert.equal(denials(without, running(guest("a", 1024, 32, 2))).length, 1);
});

test("a document that does not say how much memory its guest has is denied", () => {
  const without = guest("web1", 1024, 1).replace(/<memory .*<\/memory>/, "");
  assert.deepEqual(denials(without), ["memory: the guest does not say how much memory it has"]);
});

describe("in the sandbox", needsRoot(), () => {
  let built: Built;
  let host: PrivateRun;
  before(async () => {
    const source = await readFile(new URL("no-overcommit.ts", import.meta.url), "utf8");
    // of any host's memory, 1 GiB or less
    const settings = "rules: { no-overcommit: { settings: { memory: 0.000001, vcpus: 1000 } } }\n";
    built = await build({ "no-overcommit": source }, settings);
    host = await makePrivateRun();
  });

  test("a guest is denied with the numbers of the real host, at each hook that starts one", async () => {
    await host.write("libvirt/lxc/box.xml", stateFile(guest("box", 512, 3)));
    for (const [hook, operation] of [
      ["qemu", "prepare"],
      ["qemu", "restore"],
      ["lxc", "prepare"],
      ["libxl", "migrate"],
    ]) {
      const words = [hook ?? "", "web1", operation ?? "", "begin", "-"];
      const { status, stderr } = await host.call(built.bundle, words, guest("web1", 1024, 1));
      assert.equal(status, 1, `${hook}/${operation}: ${stderr}`);
      assert.match(
        stderr,
        /^virt-warden: denied by no-overcommit: 1 GiB of memory and 512 MiB of 1 other guest are more than the limit of \d+ MiB \(\d+ [MG]iB, ratio 0\.000001\) \(at memory\)\n$/,
      );
    }
  });
});
