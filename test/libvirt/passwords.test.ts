import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { policy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

/** As it is, in XML, and in JSON. VNC takes eight characters. */
const PASSWORD = [
  "p&'w\"<1x",
  "p&amp;&apos;w&quot;&lt;1x",
  "p&'w\"&lt;1x",
  "p&amp;'w&quot;&lt;1x",
  "p&'w\\\"<1x",
] as const;

const EVENTS = ["qemu/migrate", "qemu/restore", "qemu/prepare", "qemu/start", "qemu/started"];

/** Tells everything that it sees, and refuses the guests of a title for it. */
const TELLS = `const { domain, xml, log, deny } = context;
  const seen = JSON.stringify([domain.devices?.graphics, xml]);
  log.info("all of it: " + seen, { graphics: domain.devices?.graphics });
  if (domain.title === "curious") deny("saw " + JSON.stringify(domain.devices?.graphics) + " in " + seen);`;

describe("a guest's password", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let source: Host;
  let destination: Host;
  const said: string[] = [];

  before(async () => {
    warden = await makeWarden({
      "masked.ts": policy("masked", EVENTS, TELLS, 'needs: ["guests"],'),
      "trusted.ts": policy("trusted", EVENTS, TELLS, 'needs: ["secrets"],'),
      "rewrites.ts": policy(
        "rewrites",
        EVENTS,
        "",
        'rewrite({ domain, edit }) { if (domain.description === undefined) edit.addElement("", { name: "description", children: ["rewritten"] }); },',
      ),
    });
    [source, destination] = await Promise.all([
      startHost({ hostname: "source" }),
      startHost({ hostname: "destination" }),
    ]);
    await putOn(destination, warden);
    // what virt-warden keeps for a moment only
    const copies = '#!/bin/sh\nmkdir -p /run/copies\ncp -r /run/virt-warden "/run/copies/$2.$$"\n';
    mkdirSync(destination.at("/etc/libvirt/hooks/qemu.d"), { recursive: true });
    writeFileSync(destination.at("/etc/libvirt/hooks/qemu.d/zzz-copy"), copies, { mode: 0o755 });
  });
  after(async () => {
    await Promise.all([source?.stop(), destination?.stop()]);
    warden?.remove();
  });

  const startAtSource = (title: string) =>
    startGuest(source, title, {
      extra: `<title>${title}</title>`,
      devices: `<graphics type='vnc' port='-1' passwd="${PASSWORD[1]}"/><video><model type='none'/></video>`,
    });
  const migrate = async (name: string) => {
    const uri = `unix://${destination.sockets}/${name}`;
    const ended = await source.virsh("migrate", "--live", name, destination.uri, "--migrateuri", uri);
    said.push(ended.stdout, ended.stderr);
    return ended;
  };
  const documentOf = async (name: string) => (await destination.virsh("dumpxml", "--security-info", name)).stdout;
  const holdsPassword = (text: string) => PASSWORD.some((each) => text.includes(each));

  it("comes along when the guest is migrated, whatever a policy rewrites", async () => {
    await startAtSource("quiet");
    const { status, stderr } = await migrate("quiet");
    assert.equal(status, 0, stderr);
    const document = await documentOf("quiet");
    assert.match(document, /<description>rewritten<\/description>/);
    assert.ok(holdsPassword(document), document);
  });

  it("comes back when the guest is restored", async () => {
    const saved = join(await makeFolder(), "guest.save");
    for (const words of [
      ["save", "quiet", saved],
      ["restore", saved],
    ]) {
      const { status, stdout, stderr } = await destination.virsh(...words);
      assert.equal(status, 0, stderr);
      said.push(stdout, stderr);
    }
    assert.ok(holdsPassword(await documentOf("quiet")));
  });

  it("is not in the reason of a policy that is told everything, nor in that of one that is told nothing", async () => {
    await startAtSource("curious");
    const { status, stderr } = await migrate("curious");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by masked: saw .*\*{8}/);
    assert.match(stderr, /virt-warden: denied by trusted: saw .*\*{8}/);
  });

  it("was never in what virsh printed, in the decision log, or in anything that virt-warden keeps on the host", () => {
    const places = ["/run/virt-warden", "/run/copies", "/var/log"].map((place) => destination.at(place));
    const files = places.flatMap(filesIn);
    // the ledger of starts was looked into while a guest was in it
    assert.ok(
      files.some((file) => file.includes("/starts/")),
      files.join("\n"),
    );
    assert.match(warden.readLog(), /all of it: /);
    const texts = [...said, warden.readLog(), ...files.map((file) => readFileSync(file, "utf8"))];
    assert.deepEqual(texts.filter(holdsPassword), []);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
