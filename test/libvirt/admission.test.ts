import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { guestProcesses, runningGuests } from "./guests.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { denyTitle, endless, titled, watch } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const SECRET = "not for the decision log";
const title = (text: string) => ({ extra: `<title>${text}</title><description>${SECRET}</description>` });

describe("libvirt asks the policies before a guest starts", { skip: missingForLibvirt(), timeout: 300_000 }, () => {
  let warden: Warden;
  let host: Host;

  before(async () => {
    warden = await makeWarden({
      "titled.ts": titled("qemu/prepare"),
      "too-late.ts": denyTitle("too-late", "late", ["qemu/start"]),
      "endless.ts": endless,
      "ends.ts": watch("ends", "qemu/stopped", "qemu/release"),
    });
    host = await startHost({ hostname: "judged", hooks: { qemu: warden.configScript } });
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const start = async (name: string, guest: { extra?: string }) => {
    await host.defineGuest(name, guest);
    return host.virsh("start", "--domain", name);
  };
  const stateOf = async (name: string) => (await host.virsh("domstate", "--domain", name)).stdout.trim();

  describe("with a script of one's own that has hook --config build them", () => {
    it("starts a guest that every policy allows", async () => {
      const { status, stderr } = await start("allowed-by-config", title("web server"));
      assert.equal(status, 0, stderr);
      assert.equal(await stateOf("allowed-by-config"), "running");
    });

    it("does not start a guest that a policy denies, and tells virsh the reason", async () => {
      const { status, stderr } = await start("denied-by-config", {});
      assert.equal(status, 1);
      assert.match(stderr, /virt-warden: denied by titled: the guest has no title/);
      assert.equal(await stateOf("denied-by-config"), "shut off");
    });
  });

  describe("with the installed hooks", () => {
    before(async () => {
      rmSync(host.at("/etc/libvirt/hooks/qemu"));
      await putOn(host, warden);
    });

    it("starts a guest that every policy allows", async () => {
      const { status, stderr } = await start("allowed", title("web server"));
      assert.equal(status, 0, stderr);
      assert.equal(await stateOf("allowed"), "running");
    });

    it("does not start a guest that a policy denies at prepare, and tells virsh the reason", async () => {
      const { status, stderr } = await start("denied", {});
      assert.equal(status, 1);
      assert.match(stderr, /virt-warden: denied by titled: the guest has no title/);
      assert.equal(await stateOf("denied"), "shut off");
    });

    it("does not start a guest that a policy denies at start, when all is made ready for it, and leaves no process", async () => {
      const { status, stderr } = await start("denied-late", title("late"));
      assert.equal(status, 1);
      assert.match(stderr, /virt-warden: denied by too-late: late may not start/);
      assert.equal(await stateOf("denied-late"), "shut off");
      assert.deepEqual(Object.keys(guestProcesses(host)), await runningGuests(host));
    });

    it("judges a guest named --help like any other", async () => {
      const denied = await start("--help", {});
      assert.equal(denied.status, 1);
      assert.match(denied.stderr, /virt-warden: denied by titled: the guest has no title/);
      await host.virsh("undefine", "--domain", "--help");
      const allowed = await start("--help", title("help desk"));
      assert.equal(allowed.status, 0, allowed.stderr);
      assert.equal(await stateOf("--help"), "running");
    });

    it("refuses when a policy loops, within the deadline, and the host stays usable", async () => {
      const began = Date.now();
      const { status, stderr } = await start("loops", title("endless"));
      assert.equal(status, 1);
      assert.match(stderr, /virt-warden: policy endless failed: timed out after 1000 ms/);
      assert.ok(Date.now() - began < 20_000, `refused after ${Date.now() - began} ms`);
      const list = await host.virsh("list", "--all");
      assert.equal(list.status, 0, list.stderr);
      assert.match(list.stdout, /loops\s+shut off/);
      const next = await start("after-the-loop", title("next"));
      assert.equal(next.status, 0, next.stderr);
    });

    it("logs each watched call in a line, and nothing of the documents", async () => {
      await start("logged-allowed", title("logged"));
      await host.virsh("destroy", "logged-allowed");
      await start("logged-denied", { extra: `<description>${SECRET}</description>` });
      const summary = (object: string) =>
        warden.decisionsOn(object).map(({ event, decision, status }) => `${event} ${decision} ${status}`);
      assert.deepEqual(summary("logged-allowed"), [
        "qemu/prepare allow 0",
        "qemu/start allow 0",
        "qemu/stopped allow 0",
        "qemu/release allow 0",
      ]);
      // libvirt tells the end of a guest that it refused too
      assert.deepEqual(summary("logged-denied"), [
        "qemu/prepare deny 1",
        "qemu/stopped allow 0",
        "qemu/release allow 0",
      ]);
      assert.doesNotMatch(warden.readLog(), new RegExp(`${SECRET}|memballoon|<`));
    });
  });
});
