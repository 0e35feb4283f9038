import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { titled, watch } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

describe("a live migration between two hosts", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let departures: Warden;
  let arrivals: Warden;
  let source: Host;
  let destination: Host;

  before(async () => {
    departures = await makeWarden({ "departures.ts": watch("departures", "qemu/stopped", "qemu/release") });
    arrivals = await makeWarden({ "titled.ts": titled("qemu/migrate") });
    [source, destination] = await Promise.all([
      startHost({ hostname: "source", hooks: { qemu: departures.bundleHook.qemu } }),
      startHost({ hostname: "destination", hooks: { qemu: arrivals.bundleHook.qemu } }),
    ]);
  });
  after(async () => {
    await Promise.all([source?.stop(), destination?.stop()]);
    departures?.remove();
    arrivals?.remove();
  });

  const startAtSource = async (name: string, extra: string) => {
    await source.defineGuest(name, { extra });
    const { status, stderr } = await source.virsh("start", name);
    assert.equal(status, 0, stderr);
  };
  const migrate = (name: string) =>
    source.virsh("migrate", "--live", name, destination.uri, "--migrateuri", `unix://${destination.sockets}/${name}`);
  const running = async (host: Host) => (await host.virsh("list", "--name")).stdout.trim().split("\n");

  it("aborts with the reason when the destination's policy denies, and the guest keeps running at its source", async () => {
    await startAtSource("stays", "");
    const { status, stderr } = await migrate("stays");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by titled: the guest has no title/);
    assert.deepEqual(await running(source), ["stays"]);
    assert.deepEqual(await running(destination), [""]);
    assert.deepEqual(departures.decisionsOn("stays"), []);
  });

  it("succeeds when the destination's policy allows it, and the source logs the departure", async () => {
    await startAtSource("moves", "<title>web server</title>");
    const { status, stderr } = await migrate("moves");
    assert.equal(status, 0, stderr);
    assert.deepEqual(await running(source), ["stays"]);
    assert.deepEqual(await running(destination), ["moves"]);
    await departures.untilDecided("qemu/release", "moves");
    assert.deepEqual(
      departures.decisionsOn("moves").map(({ event, status }) => [event, status]),
      [
        ["qemu/stopped", 0],
        ["qemu/release", 0],
      ],
    );
  });
});
