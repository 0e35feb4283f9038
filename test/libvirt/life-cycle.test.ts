import assert from "node:assert/strict";
import { readdirSync, rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { assertAlive, guestProcesses, startGuest } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { waitUntil } from "./host/wait-until.ts";
import { install, putOn, stampOf } from "./installed.ts";
import { titled, watch } from "./policies.ts";
import { LAUNCHER, makeWarden, type Warden } from "./warden.ts";

const HOOK = "/etc/libvirt/hooks/qemu.d/zz-virt-warden";
const DENIED = /virt-warden: denied by titled: the guest has no title/;

describe("virt-warden on a host, from install to uninstall", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({
      "titled.ts": titled("qemu/prepare"),
      "returns.ts": watch("returns", "qemu/started", "qemu/reconnect"),
    });
    host = await startHost({ hostname: "settled" });
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const must = async (file: string, ...words: readonly string[]) => {
    const { status, stdout, stderr } = await host.run(file, ...words);
    assert.equal(status, 0, stdout + stderr);
    return stdout;
  };
  const doctor = async () => {
    const { status, stdout } = await host.run(LAUNCHER, "doctor", "--bundle", warden.bundle, "--config", warden.config);
    return { status, stdout };
  };
  const assertDenied = async (name: string) => {
    await host.defineGuest(name);
    const { status, stderr } = await host.virsh("start", name);
    assert.equal(status, 1);
    assert.match(stderr, DENIED);
  };

  it("judges nothing after install until libvirtd was reloaded, as doctor tells, and every guest from then on", async () => {
    const { status, stdout, stderr } = await install(host, warden.bundle);
    assert.equal(status, 0, stderr);
    const told = /^ +(kill -HUP \d+) +# libvirtd$/m.exec(stdout)?.[1] ?? assert.fail(stdout);
    await startGuest(host, "unjudged");
    assert.deepEqual(warden.decisionsOn("unjudged"), []);
    const early = await doctor();
    assert.equal(early.status, 1);
    assert.match(early.stdout, /enforcement is NOT in force/);

    await must("sh", "-c", told);
    await waitUntil("libvirtd's reload", () => stampOf(host).startsWith("reload "));
    await assertDenied("judged");
    const late = await doctor();
    assert.equal(late.status, 0, late.stdout);
  });

  it("judges nothing when a hook was removed, which doctor tells, until it is installed again", async () => {
    rmSync(host.at(HOOK));
    await startGuest(host, "slips-through");
    const { status, stdout } = await doctor();
    assert.equal(status, 1);
    assert.match(stdout, /hook qemu +fault +\/etc\/libvirt\/hooks\/qemu\.d\/zz-virt-warden is missing/);
    assert.match(stdout, /mend: virt-warden install/);
    await putOn(host, warden);
    await assertDenied("judged-again");
    assert.equal((await doctor()).status, 0);
  });

  it("leaves no script on the host after uninstall, and no running guest is harmed", async () => {
    const before = guestProcesses(host);
    await must(LAUNCHER, "uninstall");
    await host.reloadDaemon();
    // this folder was there already when the hook was installed again, and so may be somebody else's
    assert.deepEqual(readdirSync(host.at("/etc/libvirt/hooks"), { recursive: true }), ["qemu.d"]);
    await startGuest(host, "free");
    await assertAlive(host, before);
  });
});
