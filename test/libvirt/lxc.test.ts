import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { after, before, describe, it } from "node:test";
import { hookScript } from "../../src/install/hook-script.ts";
import { DEFAULT_HOOKS_DIR, scriptPath } from "../../src/install/places.ts";
import { type Containers, containersOf } from "./containers.ts";
import type { ContainerOptions } from "./host/container-xml.ts";
import { missingForContainers } from "./host/control-groups.ts";
import type { Host } from "./host/host.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { runProgram } from "./host/run-program.ts";
import { startHost } from "./host/start-host.ts";
import { putOn } from "./installed.ts";
import { denyAt, denyTitle, policy } from "./policies.ts";
import { makeWarden, type Warden } from "./warden.ts";

const ready = (name: string) => readFileSync(new URL(`../../policies/${name}.ts`, import.meta.url), "utf8");
const title = (text: string) => ({ extra: `<title>${text}</title>` });

describe("libvirt asks the policies about containers", {
  skip: missingForLibvirt() || missingForContainers(),
  timeout: 300_000,
}, () => {
  let warden: Warden;
  let host: Host;
  let containers: Containers;

  before(async () => {
    warden = await makeWarden(
      {
        "at-prepare.ts": denyTitle("at-prepare", "early", ["lxc/prepare"]),
        "at-start.ts": denyTitle("at-start", "late", ["lxc/start"]),
        "at-started.ts": denyTitle("at-started", "too late", ["lxc/started"], 'whenRunning: "kill",'),
        "only-told.ts": denyAt("only-told", "lxc/started", "lxc/reconnect"),
        "at-end.ts": policy("at-end", ["lxc/stopped", "lxc/release"], ""),
        "allowed-networks.ts": ready("allowed-networks"),
        "require-seclabel.ts": ready("require-seclabel"),
      },
      { rules: "{ allowed-networks: { settings: { networks: [office] } } }" },
    );
    host = await startHost({ hostname: "contained", containers: true });
    await putOn(host, warden);
    containers = containersOf(host);
  });
  after(async () => {
    await host?.stop();
    warden?.remove();
  });

  const assertRefused = async (name: string, reason: RegExp, options: ContainerOptions = {}) => {
    const { status, stderr } = await containers.start(name, options);
    assert.equal(status, 1);
    assert.match(stderr, reason);
    assert.equal(await containers.stateOf(name), "shut off");
    assert.equal(containers.processOf(name), undefined);
  };
  // libvirt's driver may tell an end twice: whoever asked for it, and whoever saw it
  const decisionsOn = (name: string) => [
    ...new Set(warden.decisionsOn(name).map(({ event, status }) => `${event} ${status}`)),
  ];

  it("does not start one that a policy denies at prepare, and tells virsh the reason", () =>
    assertRefused("early", /virt-warden: denied by at-prepare: early may not prepare/, title("early")));

  it("does not start one that a policy denies at start, and tells virsh the reason", async () => {
    await assertRefused("late", /virt-warden: denied by at-start: late may not start/, title("late"));
    // libvirt tells the end of one that it refused, too
    assert.deepEqual(decisionsOn("late"), ["lxc/prepare 0", "lxc/start 1", "lxc/stopped 0", "lxc/release 0"]);
  });

  it('ends one at started where the policy says whenRunning: "kill"', () =>
    assertRefused("too-late", /virt-warden: denied by at-started: too late may not started/, title("too late")));

  it("starts one that every policy allows, and has all of its events logged until its end", async () => {
    const { status, stderr } = await containers.start("allowed");
    assert.equal(status, 0, stderr);
    assert.equal(await containers.stateOf("allowed"), "running");
    await containers.virsh("destroy", "allowed");
    assert.deepEqual(decisionsOn("allowed"), [
      "lxc/prepare 0",
      "lxc/start 0",
      "lxc/started 0",
      "lxc/stopped 0",
      "lxc/release 0",
    ]);
  });

  it("judges its network and its confinement by the ready policies", async () => {
    const bridge = { devices: "<interface type='bridge'><source bridge='br-lab'/></interface>" };
    await assertRefused("connected", /virt-warden: denied by allowed-networks: bridge br-lab is not allowed/, bridge);
    const shared = /virt-warden: denied by allowed-networks: .* shares all of the host's network/;
    await assertRefused("exposed", shared, { hostNetwork: true });
    await assertRefused("loose", /virt-warden: denied by require-seclabel: /, { extra: "<seclabel type='none'/>" });
  });

  it("leaves a running one alone when the daemon restarts, whatever the policy says by then", async () => {
    await containers.start("long-lived");
    const running = containers.processOf("long-lived");
    assert.ok(running);
    await host.restartDaemon();
    const { status, findings } = await warden.untilDecided("lxc/reconnect", "long-lived");
    assert.equal(status, 0);
    assert.deepEqual(
      findings.map((finding) => finding.policy),
      ["only-told"],
    );
    assert.equal(await containers.stateOf("long-lived"), "running");
    assert.equal(containers.processOf("long-lived"), running);
  });

  it("leaves a running one alone without the product as well, while new ones are refused", async () => {
    const running = containers.processOf("long-lived");
    const script = { hook: "lxc", launcher: "/nowhere/virt-warden", bundle: warden.bundle, made: [] } as const;
    writeFileSync(host.at(scriptPath(DEFAULT_HOOKS_DIR, "lxc", true)), hookScript(script));
    await host.restartDaemon();
    await assertRefused("newcomer", /virt-warden: engine failure: \/nowhere\/virt-warden is missing or cannot be run/);
    assert.equal(await containers.stateOf("long-lived"), "running");
    assert.equal(containers.processOf("long-lived"), running);
  });

  it("leaves no control group behind when its host has stopped", async () => {
    const folder = basename(dirname(host.at("/")));
    const groups = async () => (await runProgram("find", ["/sys/fs/cgroup", "-name", folder])).stdout;
    assert.notEqual(await groups(), "");
    await host.stop();
    assert.equal(await groups(), "");
  });
});
