import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { addBridge, assertAlive, attachedTo, guestProcesses, runningGuests, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { policy, readyPolicy, titled, watch } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

/** Where each host has its disks; in a namespace of its own, so that neither has the other's. */
const DISKS = { source: "/var/lib/libvirt/images", destination: "/var/lib/libvirt/disks" };
const BRIDGES = { source: "br-old", destination: "br-new" };

const RULES = `
  move-disk-paths: { settings: { moves: [{ from: ${DISKS.source}, to: ${DISKS.destination} }] } }
  rename-bridge: { settings: { bridges: { ${BRIDGES.source}: ${BRIDGES.destination} } } }`;

const NO_VAULT = `const files = (context.domain.devices?.disk ?? []).map((disk) => disk.type === "file" ? disk.source?.file : "");
  if (files.includes("${DISKS.destination}/vault.raw")) context.deny("the vault stays where it is");`;

describe("a live migration between two hosts", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let departures: Warden;
  let arrivals: Warden;
  let source: Host;
  let destination: Host;

  before(async () => {
    departures = await makeWarden({ "departures.ts": watch("departures", "qemu/stopped", "qemu/release") });
    arrivals = await makeWarden(
      {
        "titled.ts": titled("qemu/migrate"),
        "no-vault.ts": policy("no-vault", ["qemu/migrate"], NO_VAULT),
        "move-disk-paths.ts": readyPolicy("move-disk-paths"),
        "rename-bridge.ts": readyPolicy("rename-bridge"),
      },
      { rules: RULES },
    );
    [source, destination] = await Promise.all([
      startHost({ hostname: "source" }),
      startHost({ hostname: "destination" }),
    ]);
    await Promise.all([putOn(source, departures), putOn(destination, arrivals)]);
    await Promise.all([addBridge(source, BRIDGES.source), addBridge(destination, BRIDGES.destination)]);
    await Promise.all([addDisks(source, DISKS.source), addDisks(destination, DISKS.destination)]);
  });
  after(async () => {
    await Promise.all([source?.stop(), destination?.stop()]);
    departures?.remove();
    arrivals?.remove();
  });

  const addDisks = async (host: Host, folder: string) => {
    const make = 'mkdir -p "$0" && cd "$0" && truncate -s 1M web.raw vault.raw && chmod 666 web.raw vault.raw';
    const { status, stderr } = await host.run("sh", "-c", make, folder);
    assert.equal(status, 0, stderr);
  };
  const devicesOf = (host: "source" | "destination", disk: string) => `
    <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${DISKS[host]}/${disk}.raw'/><target dev='vda' bus='virtio'/></disk>
    <interface type='bridge'><source bridge='${BRIDGES[host]}'/><model type='virtio'/></interface>`;
  const title = (name: string) => `<title>${name}</title>`;
  const migrate = (name: string) => {
    // unsafe: there is no storage that both hosts have
    const where = [destination.uri, "--migrateuri", `unix://${destination.sockets}/${name}`];
    return source.virsh("migrate", "--live", "--unsafe", name, ...where);
  };
  const assertStays = async (name: string, reason: RegExp) => {
    const before = guestProcesses(source);
    const { status, stderr } = await migrate(name);
    assert.equal(status, 1);
    assert.match(stderr, reason);
    await assertAlive(source, before);
    assert.deepEqual(departures.decisionsOn(name), []);
    assert.ok(!(await runningGuests(destination)).includes(name));
  };

  it("aborts with the reason when the destination's policy denies, and the guest keeps running at its source", async () => {
    await startGuest(source, "stays");
    await assertStays("stays", /virt-warden: denied by titled: the guest has no title/);
  });

  it("succeeds when the destination's policy allows it, and the source logs the departure", async () => {
    await startGuest(source, "moves", { extra: title("web server") });
    const { status, stderr } = await migrate("moves");
    assert.equal(status, 0, stderr);
    assert.deepEqual(await runningGuests(source), ["stays"]);
    assert.deepEqual(await runningGuests(destination), ["moves"]);
    await departures.untilDecided("qemu/release", "moves");
    assert.deepEqual(
      departures.decisionsOn("moves").map(({ event, status }) => [event, status]),
      [
        ["qemu/stopped", 0],
        ["qemu/release", 0],
      ],
    );
  });

  it("moves a guest to other disk paths and another bridge where policies rewrite its document", async () => {
    await startGuest(source, "rehomed", { extra: title("web server"), devices: devicesOf("source", "web") });
    assert.equal((await attachedTo(source, BRIDGES.source)).length, 1);
    const { status, stderr } = await migrate("rehomed");
    assert.equal(status, 0, stderr);
    assert.deepEqual(await runningGuests(source), ["stays"]);
    assert.deepEqual(await runningGuests(destination), ["moves", "rehomed"]);
    const xml = (await destination.virsh("dumpxml", "rehomed")).stdout;
    assert.match(xml, new RegExp(`<source file='${DISKS.destination}/web.raw'`));
    assert.match(xml, new RegExp(`<source bridge='${BRIDGES.destination}'/>`));
    assert.equal((await attachedTo(destination, BRIDGES.destination)).length, 1);
  });

  it("judges what policies rewrote: a denial of it leaves the guest running at its source", async () => {
    await startGuest(source, "guarded", { extra: title("vault"), devices: devicesOf("source", "vault") });
    await assertStays("guarded", /virt-warden: denied by no-vault: the vault stays where it is/);
    assert.equal((await attachedTo(source, BRIDGES.source)).length, 1);
  });

  it("leaves the guest running at its source when the destination cannot run what policies rewrote", async () => {
    await destination.run("rm", `${DISKS.destination}/web.raw`);
    await startGuest(source, "lost", { extra: title("lost"), devices: devicesOf("source", "web") });
    await assertStays("lost", /Cannot access storage file '\/var\/lib\/libvirt\/disks\/web\.raw'/);
  });
});
