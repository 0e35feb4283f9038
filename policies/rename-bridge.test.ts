import { guest, judge, judgeAll, ok, settingsRefused, test, testEach } from "virt-warden/test";
import policy from "./rename-bridge.ts";

const settings = { bridges: { br0: "lan", "ovs-dmz": "dmz" } };

/** An interface of a type with this source. */
const nic = (type: string, source: string): string => `<interface type='${type}'><source ${source}/></interface>`;

/** A guest with these interfaces. */
const guestWith = (...interfaces: readonly string[]): string => guest(`<devices>${interfaces.join("\n")}</devices>`);

test("a bridge is renamed wherever an interface names it, and nothing else is touched", () => {
  const before = guestWith(
    nic("bridge", "bridge='br0'"),
    nic("bridge", 'bridge = "ovs-dmz"'),
    nic("direct", "dev='br0' mode='bridge'"),
    nic("network", "network='br0' bridge='br0'"),
    nic("bridge", "bridge='br00'"),
    nic("network", "network='default'"),
    nic("ethernet", ""),
  );
  const after = before
    .replaceAll(" bridge='br0'", " bridge='lan'")
    .replace('"ovs-dmz"', '"dmz"')
    .replace("dev='br0'", "dev='lan'");
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    judge(policy, before, { event, settings }).allowed().rewritten(after);
  }
});

testEach(
  "a guest is left as it is",
  {
    "whose bridges this host has": [guestWith(nic("bridge", "bridge='lan'"), nic("bridge", "bridge='Br0'")), settings],
    "where no bridges have other names": [guestWith(nic("bridge", "bridge='br0'")), {}],
    "without devices": [guest(), settings],
  } as const,
  ([document, settings]) => {
    ok(judge(policy, document, { settings }).allowed().document === undefined);
  },
);

test("where the policy only warns, a bridge of another host's name is reported with its place", () => {
  const document = guestWith(nic("bridge", "bridge='x'"), nic("bridge", "bridge='virbr1'"));
  const verdict = judgeAll(document, { event: "qemu/restore" }).warned({
    policy: policy.name,
    reason: "the bridge virbr1 has another name on this host: br0",
    at: "devices/interface[2]/source/@bridge",
  });
  ok(verdict.document === undefined);
});

test("settings are accepted, and those that give a bridge a name that another one had are refused", () => {
  judge(policy, guest(), { settings }).allowed();
  settingsRefused(
    policy,
    { bridges: { br0: "br1", br1: "br2" } },
    "settings.bridges: must give no bridge a name that another one had",
  );
});

testEach(
  "a name that no device can have is refused",
  { empty: "", space: "a b", slash: "a/b", dots: "..", "sixteen letters": "sixteen-letters-", colon: "a:1" },
  (name) => {
    const message = "must be a network device's name of up to 15 characters, such as br0";
    settingsRefused(policy, { bridges: { br0: name } }, `settings.bridges.br0: ${message}`);
    settingsRefused(policy, { bridges: { [name]: "br1" } }, `settings.bridges.${name}: ${message}`);
  },
);
