import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { putOn, stampOf } from "./installed.ts";
import { policy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const EVENTS = ["daemon/start", "daemon/shutdown", "daemon/reload"];

/** Denies, which libvirt ignores here, and logs the words of the call. */
const DENIES = `const { object, suboperation, extra, log, deny } = context;
  log.info("saw", { words: [object, suboperation, extra] });
  deny("the daemon may not change");`;

describe("libvirt tells the policies what its daemon does", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({ "denies.ts": policy("denies", EVENTS, DENIES) });
    host = await startHost({ hostname: "changing" });
    await putOn(host, warden);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  /** The decisions so far. */
  const seen = () =>
    warden
      .readLog()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { event: string; status: number; logs: { fields: { words: string[] } }[] })
      .map(({ event, status, logs }) => [event, status, ...(logs[0]?.fields.words ?? [])].join(" "));
  const daemon = () => Number(stampOf(host).split(" ")[1]);
  const nameOf = async (pid: number) => (await host.run("cat", `/proc/${pid}/comm`)).stdout.trim();

  it("its reload, which the stamp of the installed hook tells as well", async () => {
    await warden.untilDecided("daemon/reload", "-");
    assert.deepEqual([...new Set(seen())], ["daemon/reload 0 - begin SIGHUP"]);
    assert.match(stampOf(host), /^reload \d+\n$/);
    assert.equal(await nameOf(daemon()), "libvirtd");
  });

  it("its shutdown, which takes the stamp away, and its start, which makes a new one", async () => {
    const former = daemon();
    const before = seen().length;
    await host.run("kill", String(former));
    await warden.untilDecided("daemon/shutdown", "-");
    await waitUntil("the stamp's end", () => stampOf(host) === "");
    await host.restartDaemon();
    await warden.untilDecided("daemon/start", "-");
    assert.deepEqual(seen().slice(before), ["daemon/shutdown 0 - - shutdown", "daemon/start 0 - - start"]);
    assert.match(stampOf(host), /^start \d+\n$/);
    assert.notEqual(daemon(), former);
    assert.equal(await nameOf(daemon()), "libvirtd");
  });

  it("and goes on whatever they say: a guest starts", async () => {
    await host.defineGuest("after-all");
    const { status, stderr } = await host.virsh("start", "after-all");
    assert.equal(status, 0, stderr);
  });
});
