import assert from "node:assert/strict";
import { test } from "node:test";
import { formatLaunch, launchOf, parseLaunch } from "../../src/bundle/launch.ts";
import type { Manifest, ManifestPolicy } from "../../src/bundle/manifest.ts";

const DIGEST = "ab".repeat(32);

function manifestOf(policies: readonly Pick<ManifestPolicy, "mode" | "on">[]): Manifest {
  const rest = { name: "p", file: "p.ts", offset: 0, length: 0, onError: "deny", settings: {}, exempt: [] } as const;
  return {
    format: 1,
    policies: policies.map((policy) => ({ ...rest, ...policy })),
    limits: { time: 1000, memory: 33_554_432, deadline: 10_001 },
    log: "/var/log/my log.log",
    code: { bytes: 0, sha256: "" },
  };
}

test("the launcher's file has its lines in order, events sorted, each once, without those of policies that are off", () => {
  const manifest = manifestOf([
    { mode: "enforce", on: ["qemu/prepare", "lxc/start"] },
    { mode: "audit", on: ["qemu/migrate", "qemu/prepare"] },
    { mode: "off", on: ["network/start"] },
  ]);
  const text = `virt-warden-bundle 1
digest ${DIGEST}
deadline 1001
data 167772160
log /var/log/my log.log
watch lxc/start qemu/migrate qemu/prepare
end
`;
  const launch = launchOf(manifest, DIGEST);
  assert.equal(formatLaunch(launch), text);
  assert.deepEqual(parseLaunch(text), launch);
});

test("without a watched event the line is the key alone", () => {
  const launch = launchOf(manifestOf([{ mode: "off", on: ["qemu/prepare"] }]), DIGEST);
  assert.match(formatLaunch(launch), /\nwatch\nend\n$/);
  assert.deepEqual(parseLaunch(formatLaunch(launch)), launch);
});

test("a launcher's file that is not whole is not read", () => {
  const text = formatLaunch(launchOf(manifestOf([]), DIGEST));
  for (const cut of [
    "",
    text.slice(0, -1),
    text.slice(0, -5),
    text.replace("digest", "digets"),
    text.replace(" 1\n", " 2\n"),
  ]) {
    assert.equal(parseLaunch(cut), undefined);
  }
});
