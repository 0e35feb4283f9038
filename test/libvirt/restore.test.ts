import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeFolder } from "../support/folder.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { titled } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

describe("libvirt asks the policies before a guest is restored", {
  skip: missingForLibvirt(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;
  let saved: string;
  let xml: string;

  before(async () => {
    warden = await makeWarden({ "titled.ts": titled("qemu/restore") });
    host = await startHost({ hostname: "restoring", hooks: { qemu: warden.bundleHook.qemu } });
    saved = join(await makeFolder(), "guest.save");
    await host.defineGuest("saved", { extra: "<title>saved</title>" });
    await host.virsh("start", "saved");
    const { status, stderr } = await host.virsh("save", "saved", saved);
    assert.equal(status, 0, stderr);
    xml = (await host.virsh("save-image-dumpxml", saved)).stdout;
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

  it("refuses a document that a policy denies", async () => {
    const { status, stderr } = await restore(xml.replace("<title>saved</title>", ""));
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by titled: the guest has no title/);
  });

  it("refuses a name of libvirt's in a namespace that is not: libvirt's code may read it all the same", async () => {
    const { status, stderr } = await restore(xml.replace("<vcpu ", "<vcpu xmlns:x='urn:x' x:current='1' "));
    assert.equal(status, 1);
    assert.match(
      stderr,
      /virt-warden: engine failure: line 7, column 3: Cannot trust the document: vcpu\/@\{urn:x\}current is in a namespace/,
    );
  });

  it("restores what every policy allows", async () => {
    const { status, stderr } = await restore(xml);
    assert.equal(status, 0, stderr);
    assert.equal((await host.virsh("domstate", "saved")).stdout.trim(), "running");
  });
});
