import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { assertAlive, guestProcesses, runningGuests, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { putOn } from "./installed.ts";
import { denyTitle, policy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const KILL = 'whenRunning: "kill",';
const title = (text: string) => ({ extra: `<title>${text}</title>` });

describe("a denial of a guest that already runs", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({
      "only-told.ts": denyTitle("only-told", "frowned upon", ["qemu/started", "qemu/reconnect"]),
      "ends-started.ts": denyTitle("ends-started", "ends at once", ["qemu/started"], KILL),
      "ends-reconnect.ts": denyTitle("ends-reconnect", "ends later", ["qemu/reconnect"], KILL),
      "fails.ts": policy(
        "fails",
        ["qemu/started", "qemu/reconnect"],
        'if (context.domain.title === "misjudged") throw new Error("thrown on purpose");',
        KILL,
      ),
    });
    host = await startHost({ hostname: "running" });
    await putOn(host, warden);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const found = async (event: string, object: string) => {
    const { status, findings, failures } = await warden.untilDecided(event, object);
    return [status, [...findings, ...failures].map(({ policy }) => policy)];
  };

  it("is only logged at started, as is the failure of a policy that may kill", async () => {
    await startGuest(host, "frowned", title("frowned upon"));
    await startGuest(host, "misjudged", title("misjudged"));
    assert.deepEqual(await found("qemu/started", "frowned"), [0, ["only-told"]]);
    assert.deepEqual(await found("qemu/started", "misjudged"), [0, ["fails"]]);
    assert.deepEqual(await runningGuests(host), ["frowned", "misjudged"]);
  });

  it('ends the guest at started where the policy says whenRunning: "kill", and tells virsh the reason', async () => {
    await host.defineGuest("doomed", title("ends at once"));
    const { status, stderr } = await host.virsh("start", "doomed");
    assert.equal(status, 1);
    assert.match(stderr, /virt-warden: denied by ends-started: ends at once may not started/);
    assert.deepEqual(await found("qemu/started", "doomed"), [1, ["ends-started"]]);
    assert.deepEqual(Object.keys(guestProcesses(host)), ["frowned", "misjudged"]);
  });

  it("at reconnect ends the guests of policies that say so, tells libvirtd's log the reason, and no other guest", async () => {
    await startGuest(host, "later", title("ends later"));
    const { later, ...others } = guestProcesses(host);
    assert.ok(later);
    await host.restartDaemon();
    assert.deepEqual(await found("qemu/reconnect", "later"), [1, ["ends-reconnect"]]);
    assert.deepEqual(await found("qemu/reconnect", "frowned"), [0, ["only-told"]]);
    assert.deepEqual(await found("qemu/reconnect", "misjudged"), [0, ["fails"]]);
    await waitUntil("the guest's end", async () => !(await runningGuests(host)).includes("later"));
    await assertAlive(host, others);
    assert.deepEqual(Object.keys(others), ["frowned", "misjudged"]);
    assert.match(host.readLog(), /virt-warden: denied by ends-reconnect: ends later may not reconnect/);
  });
});
