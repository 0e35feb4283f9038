import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { runningGuests, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import type { Ended } from "./host/run-program.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { policy, readyPolicy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const DENIED = /virt-warden: denied by titled: the guest's title is (.*), not saved/;
const TITLE = "<title>saved</title>";
const OLD_DISKS = "/var/lib/libvirt/images";
const NEW_DISKS = "/var/lib/libvirt/disks";
const ATTACK = "<title>attack</title>";

/** Texts for `virsh restore --xml`, made of the image's own document, that end in an answer to the policies' denial. */
const DISGUISED: Readonly<Record<string, (xml: string) => string>> = {
  "without the title": (xml) => xml.replace(TITLE, ""),
  "with character references": (xml) => xml.replace(TITLE, "<title>&#97;&#x74;&#116;ack</title>"),
  "with CDATA": (xml) => xml.replace(TITLE, "<title><![CDATA[attack]]></title>"),
  "with the allowed text in a comment": (xml) => xml.replace(TITLE, "<title><!--saved-->attack</title>"),
  "with the allowed title in a foreign namespace": (xml) =>
    xml.replace(TITLE, `${ATTACK}<metadata><x:title xmlns:x='urn:x'>saved</x:title></metadata>`),
  "with a byte order mark": (xml) => `\u{feff}${xml.replace(TITLE, ATTACK)}`,
};

/** Those that cannot be judged, and what is said of them. */
const UNREADABLE: Readonly<Record<string, readonly [(xml: string) => string, RegExp]>> = {
  "with a DOCTYPE": [
    (xml) => `<!DOCTYPE domain [<!ENTITY t "attack">]>${xml.replace("saved</t", "&t;</t")}`,
    /DOCTYPE/,
  ],
  "with an entity that nothing declares": [(xml) => xml.replace("saved</t", "&t;</t"), /entity|reference/i],
  "with a processing instruction": [
    (xml) => xml.replace(TITLE, `<?virt-warden allow?>${TITLE}`),
    /processing instruction/,
  ],
  "with another root element": [
    (xml) => xml.replace(/^<domain/, "<network").replace(/domain>\s*$/, "network>"),
    /root|network/,
  ],
  "with two titles": [(xml) => xml.replace(TITLE, TITLE + ATTACK), /title/],
  "cut off": [(xml) => xml.slice(0, xml.length / 2), /line \d+, column \d+/],
  "with nothing but white space": [() => " \n", /it is empty/],
  "with a name of libvirt's in a namespace that is not: libvirt's code may read it all the same": [
    (xml) => xml.replace("<vcpu ", "<vcpu xmlns:x='urn:x' x:current='1' "),
    /line \d+, column 3: Cannot trust the document: vcpu\/@\{urn:x\}current is in a namespace/,
  ],
};

describe("libvirt asks the policies before a guest is restored", {
  skip: missingForLibvirt(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;
  let saved: string;
  let xml: string;

  before(async () => {
    const check =
      'const { title } = context.domain; if (title !== \'saved\') context.deny("the guest\'s title is " + title + ", not saved");';
    warden = await makeWarden(
      { "titled.ts": policy("titled", ["qemu/restore"], check), "move-disk-paths.ts": readyPolicy("move-disk-paths") },
      { rules: `{ move-disk-paths: { settings: { moves: [{ from: ${OLD_DISKS}, to: ${NEW_DISKS} }] } } }` },
    );
    host = await startHost({ hostname: "restoring" });
    await putOn(host, warden);
    saved = join(await makeFolder(), "guest.save");
    await startGuest(host, "saved", { extra: TITLE });
    const { status, stderr } = await host.virsh("save", "saved", saved);
    assert.equal(status, 0, stderr);
    xml = (await host.virsh("save-image-dumpxml", saved)).stdout;
    assert.ok(xml.includes(TITLE), xml);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const restore = async (text: string) => {
    const file = join(await makeFolder(), "guest.xml");
    writeFileSync(file, text);
    return host.virsh("restore", saved, "--xml", file);
  };
  const must = async (file: string, ...words: readonly string[]) => {
    const { status, stderr } = await host.run(file, ...words);
    assert.equal(status, 0, stderr);
  };
  const imageHash = () => createHash("sha256").update(readFileSync(saved)).digest("hex");
  const assertRefused = async (task: () => Promise<Ended>, reason: RegExp) => {
    const image = imageHash();
    const { status, stderr } = await task();
    assert.equal(status, 1);
    assert.match(stderr, reason);
    assert.deepEqual(await runningGuests(host), []);
    assert.equal(imageHash(), image);
  };

  for (const [which, write] of Object.entries(DISGUISED)) {
    it(`refuses a document that a policy denies, ${which}, and keeps the image`, () =>
      assertRefused(() => restore(write(xml)), DENIED));
  }

  for (const [which, [write, reason]] of Object.entries(UNREADABLE)) {
    it(`refuses a document ${which}, and keeps the image`, () =>
      assertRefused(
        () => restore(write(xml)),
        new RegExp(`virt-warden: engine failure: .*${reason.source}`, reason.flags),
      ));
  }

  it("restores what every policy allows, however it is written", async () => {
    const { status, stderr } = await restore(xml.replace(TITLE, "<title><!-- -->sav<![CDATA[e]]>&#100;</title>"));
    assert.equal(status, 0, stderr);
    assert.deepEqual(await runningGuests(host), ["saved"]);
  });

  it("restores a guest whose disk has moved where a policy rewrites its path, however that is written", async () => {
    await must("mkdir", "-p", OLD_DISKS, NEW_DISKS);
    await must("truncate", "-s", "1M", `${OLD_DISKS}/web.raw`);
    const source = `<source file='${OLD_DISKS}/web.raw'/>`;
    const disk = `<disk type='file'><driver name='qemu' type='raw'/>${source}<target dev='vda' bus='virtio'/></disk>`;
    await startGuest(host, "moved", { extra: TITLE, devices: disk });
    for (const write of [(text: string) => text, (text: string) => text.replace("/web.raw", "/&#x77;eb&#46;raw")]) {
      const image = join(await makeFolder(), "moved.save");
      const { status, stderr } = await host.virsh("save", "moved", image);
      assert.equal(status, 0, stderr);
      await must("sh", "-c", `mv ${OLD_DISKS}/web.raw ${NEW_DISKS}/web.raw || :`);
      const file = join(await makeFolder(), "guest.xml");
      writeFileSync(file, write((await host.virsh("save-image-dumpxml", image)).stdout.replace(NEW_DISKS, OLD_DISKS)));
      const restored = await host.virsh("restore", image, "--xml", file);
      assert.equal(restored.status, 0, restored.stderr);
      assert.match((await host.virsh("dumpxml", "moved")).stdout, new RegExp(`<source file='${NEW_DISKS}/web.raw'`));
    }
    await host.virsh("destroy", "moved");
  });

  it("judges a managed save when its guest starts again, and keeps it when a policy denies it", async () => {
    const { status, stderr } = await host.virsh("managedsave", "saved");
    assert.equal(status, 0, stderr);
    const define = async (text: string) => {
      const file = join(await makeFolder(), "guest.xml");
      writeFileSync(file, text);
      const defined = await host.virsh("managedsave-define", "saved", file);
      assert.equal(defined.status, 0, defined.stderr);
    };
    await define(xml.replace(TITLE, ATTACK));
    const denied = await host.virsh("start", "saved");
    assert.equal(denied.status, 1);
    assert.match(denied.stderr, DENIED);
    assert.match((await host.virsh("dominfo", "saved")).stdout, /Managed save:\s+yes/);

    await define(xml);
    const allowed = await host.virsh("start", "saved");
    assert.equal(allowed.status, 0, allowed.stderr);
    assert.match(allowed.stdout, /started/);
    const decision = warden.decisionsOn("saved").at(-1);
    assert.deepEqual([decision?.event, decision?.status], ["qemu/restore", 0]);
  });
});
