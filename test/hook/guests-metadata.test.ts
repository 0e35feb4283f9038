import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, build } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { makePrivateRun, type PrivateRun, stateFile } from "../support/private-run.ts";

/** Says whom it counted, and what it knows of them. */
const COUNTS = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "counts",
  on: ["qemu/prepare"],
  needs: ["guests"],
  check({ host, deny }) {
    for (const { name, memory, domain } of host.guests) deny(name + " " + memory + " " + (domain.metadata === undefined));
  },
});
`;

const guest = (name: string, uuid: number, parts = ""): string => `<domain type='kvm'>
  <name>${name}</name>
  <uuid>00000000-0000-0000-0000-00000000000${uuid}</uuid>
  ${parts}
  <memory unit='KiB'>1024</memory>
  <os>
    <type arch='x86_64'>hvm</type>
  </os>
</domain>
`;

const MIB = 2 ** 20;

const METADATA = {
  "elements of 1 MiB": "<a/>".repeat(MIB / 4),
  "elements of 4 MiB": "<a/>".repeat(MIB),
  "empty lines": "\n".repeat(MIB),
  "ends of metadata in CDATA": `<a><![CDATA[${"</metadata></domain>".repeat(MIB / 10)}]]></a>`,
  "metadata in metadata": `<metadata>${"<metadata></metadata>".repeat(MIB / 10)}</metadata>`,
};

describe("a policy that counts the host's guests", needsRoot(), () => {
  let built: Built;
  let host: PrivateRun;
  before(async () => {
    built = await build({ counts: COUNTS });
    host = await makePrivateRun();
  });

  for (const [what, metadata] of Object.entries(METADATA)) {
    test(`decides as ever where a running guest's metadata are ${what}`, async () => {
      const parts = `<metadata>${metadata}</metadata>`;
      await host.write("libvirt/qemu/noisy.xml", stateFile(guest("noisy", 1)).replace(/^ +$/m, `    ${parts}`));
      await host.write("virt-warden/starts/lxc.6e6f697379", guest("starting", 2, parts));
      const words = ["qemu", "own", "prepare", "begin", "-"];
      const { status, stderr } = await host.call(built.bundle, words, guest("own", 3));
      const lines = ["noisy", "starting"].map((name) => `virt-warden: denied by counts: ${name} ${MIB} true\n`);
      assert.deepEqual([status, stderr], [1, lines.join("")]);
    });
  }
});
