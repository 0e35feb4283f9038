import assert from "node:assert/strict";
import { totalmem } from "node:os";
import { after, before, describe, it } from "node:test";
import { assertAlive, guestProcesses, runningGuests } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { readyPolicy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const MIB = 2 ** 20;

/** In MiB; see `guestXml`. */
const GUEST_MEMORY = 64;

const CROWD = 20;

/** What stays for the host, in MiB, where there is room for the crowd and one guest more. */
const RESERVE = Math.floor(totalmem() / MIB) - (CROWD + 1.5) * GUEST_MEMORY;

describe("guests that start at the same time", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    const rules = `{ no-overcommit: { settings: { reserve: ${RESERVE}, vcpus: 1000 } } }`;
    warden = await makeWarden({ "no-overcommit.ts": readyPolicy("no-overcommit") }, { rules });
    host = await startHost({ hostname: "crowded" });
    await putOn(host, warden);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const start = async (name: string) => {
    const ended = await host.virsh("start", name);
    // even an idle guest takes a fifth of a processor
    if (ended.status === 0) await host.virsh("suspend", name);
    return ended;
  };
  const startAll = async (names: readonly string[]) => {
    for (const name of names) await host.defineGuest(name);
    return Promise.all(names.map(start));
  };

  it("start all twenty where there is room: none is refused because of the load, none is counted twice", async () => {
    const names = Array.from({ length: CROWD }, (_, index) => `crowd-${index + 1}`);
    for (const { status, stderr } of await startAll(names)) assert.equal(status, 0, stderr);
    assert.deepEqual(await runningGuests(host), names.toSorted());
    assert.deepEqual(
      names.map((name) => warden.decisionsOn(name).map(({ event, status }) => `${event} ${status}`)),
      names.map(() => ["qemu/prepare 0"]),
    );
  });

  it("start one of two where there is room for one, and the other when the first has ended", async () => {
    const crowd = guestProcesses(host);
    const names = ["either", "or"];
    const ended = await startAll(names);
    assert.deepEqual(ended.map(({ status }) => status).sort(), [0, 1], JSON.stringify(ended));
    const loser = names[ended.findIndex(({ status }) => status === 1)] as string;
    const winner = names.find((name) => name !== loser) as string;
    assert.match(
      ended.map(({ stderr }) => stderr).join(""),
      /virt-warden: denied by no-overcommit: 64 MiB of memory and 1344 MiB/,
    );

    const still = await start(loser);
    assert.equal(still.status, 1);
    await host.virsh("destroy", winner);
    const now = await start(loser);
    assert.equal(now.status, 0, now.stderr);
    await assertAlive(host, crowd);
  });
});
