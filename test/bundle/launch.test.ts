import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLaunch, launchOf, parseLaunch } from "../../src/bundle/launch.ts";
import type { Manifest, ManifestPolicy } from "../../src/bundle/manifest.ts";
import { EVENTS } from "../../src/hook/events.ts";
import type { Event } from "../../typings/events.d.ts";

const DIGEST = "ab".repeat(32);

function manifestOf(policies: readonly Partial<ManifestPolicy>[]): Manifest {
  const rest: ManifestPolicy = {
    name: "p",
    on: [],
    needs: [],
    rewrites: false,
    file: "p.ts",
    offset: 0,
    length: 0,
    mode: "enforce",
    onError: "deny",
    settings: {},
    exempt: [],
  };
  return {
    format: 2,
    policies: policies.map((policy) => ({ ...rest, ...policy })),
    limits: { time: 1000, memory: 33_554_432, deadline: 10_001 },
    log: "/var/log/my log.log",
    code: { bytes: 0, sha256: "" },
  };
}

test("the launcher's file has its lines in order, events sorted, each once, without those of policies that are off", () => {
  const manifest = manifestOf([
    { on: ["qemu/prepare", "lxc/start"] },
    { mode: "audit", on: ["qemu/migrate", "qemu/prepare"], needs: ["secrets", "guests"] },
    { mode: "off", on: ["network/start", "qemu/restore", "qemu/started"], needs: ["guests"], rewrites: true },
    { on: ["qemu/started", "qemu/restore", "qemu/prepare"], whenRunning: "kill", rewrites: true },
  ]);
  const text = `virt-warden-bundle 2
digest ${DIGEST}
deadline 1001
data 167772160
log /var/log/my log.log
watch lxc/start qemu/migrate qemu/prepare qemu/restore qemu/started
guests qemu/migrate qemu/prepare
kill qemu/started
rewrite qemu/restore
end
`;
  const launch = launchOf(manifest, DIGEST);
  assert.equal(formatLaunch(launch), text);
  assert.deepEqual(parseLaunch(text), launch);
});

test("only a policy that enforces kills or rewrites, and only where libvirt lets it", () => {
  const means = { whenRunning: "kill", rewrites: true } as const;
  const all = Object.keys(EVENTS) as Event[];
  for (const mode of ["warn", "audit", "off"] as const) {
    const { kill, rewrite } = launchOf(manifestOf([{ mode, on: all, ...means }]), DIGEST);
    assert.deepEqual([kill, rewrite], [[], []], mode);
  }
  const { kill, rewrite } = launchOf(manifestOf([{ on: all, ...means }]), DIGEST);
  assert.deepEqual(rewrite, ["libxl/migrate", "qemu/migrate", "qemu/restore"]);
  assert.deepEqual(
    kill.filter((event) => event.endsWith("/started")),
    ["bhyve/started", "libxl/started", "lxc/started", "network/started", "qemu/started"],
  );
  assert.ok(kill.every((event) => /\/(started|reconnect|attach)$/.test(event)));
  assert.deepEqual(launchOf(manifestOf([{ on: all }]), DIGEST).kill, []);
});

test("without events a line is the key alone", () => {
  const launch = launchOf(manifestOf([{ mode: "off", on: ["qemu/prepare"] }]), DIGEST);
  assert.match(formatLaunch(launch), /\nwatch\nguests\nkill\nrewrite\nend\n$/);
  assert.deepEqual(parseLaunch(formatLaunch(launch)), launch);
});

test("a launcher's file of format 1 is read, the lists that it does not have empty", () => {
  const text = `virt-warden-bundle 1
digest ${DIGEST}
deadline 1000
data 167772160
log /x
watch lxc/start qemu/prepare
end
`;
  assert.deepEqual(parseLaunch(text), {
    digest: DIGEST,
    deadline: 1000,
    data: 167_772_160,
    log: "/x",
    watch: ["lxc/start", "qemu/prepare"],
    guests: [],
    kill: [],
    rewrite: [],
  });
  assert.equal(parseLaunch(text.replace(" 1\n", " 2\n")), undefined);
});

test("a launcher's file that is not whole is not read", () => {
  const text = formatLaunch(launchOf(manifestOf([]), DIGEST));
  for (const cut of [
    "",
    text.slice(0, -1),
    text.slice(0, -5),
    text.replace("digest", "digets"),
    text.replace(" 2\n", " 1\n"),
    text.replace(" 2\n", " 3\n"),
    text.replace("kill\n", ""),
    text.replace("guests\nkill\n", "kill\nguests\n"),
    text.replace("watch\n", "watch\nwatch\n"),
  ]) {
    assert.equal(parseLaunch(cut), undefined);
  }
});
