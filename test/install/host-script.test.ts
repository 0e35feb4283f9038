import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { hookData, PORT } from "../support/documents.ts";
import { needsRoot } from "../support/needs-root.ts";
import { call, type Ended, makeScripts, type Scripts, SHELLS } from "./script-call.ts";

const PORT_UUID = "5d744f21-ba4a-4d6e-bdb2-30a35ff3207d";

/** Runs a shell's text on a host whose /run is empty and its own. */
function onHost(text: string, words: readonly string[], input = ""): Ended {
  const script = `mount -t tmpfs run /run && mkdir -p /run/libvirt/qemu && ${text}`;
  return call(["unshare", "--mount", "sh", "-c", script], "sh", words, input);
}

test(
  "a port of a running guest is spared when the launcher gives no answer, and any other port is refused",
  needsRoot(),
  async () => {
    const scripts = await makeScripts();
    await scripts.setLauncher("cat >/dev/null; exit 1");
    const state = (uuid: string) =>
      `echo "<domstatus><source network='n' portid='${uuid}'/></domstatus>" >/run/libvirt/qemu/a.xml; "$@"`;
    for (const shell of SHELLS) {
      const words = [...shell, scripts.script("network"), "default", "port-created", "begin", "-"];
      assert.equal(onHost(state(PORT_UUID), words, hookData(PORT)).status, 0);
      assert.equal(onHost(state(PORT_UUID.replace("5d", "5e")), words, hookData(PORT)).status, 3);
      // the owner's UUID is its definer's choice
      assert.equal(onHost(state("4dea22b3-1d52-d8f3-2516-782e98ab3fa0"), words, hookData(PORT)).status, 3);
      assert.equal(onHost('"$@"', words, hookData(PORT)).status, 3);
      assert.equal(onHost(state(PORT_UUID), words, "").status, 3);
    }
  },
);

test("the launcher gets the whole document of a port", async () => {
  const scripts = await makeScripts();
  await scripts.setLauncher("cat; exit 80");
  const document = `${hookData(PORT)}\n<!-- ${"é\\n%s $HOME ".repeat(100_000)}-->`;
  for (const shell of SHELLS) {
    const { status, stdout } = call(shell, scripts.script("network"), ["n", "port-created", "begin", "-"], document);
    assert.equal(status, 0);
    assert.ok(stdout === `${document}\n`);
  }
});

test(
  "the daemon's script notes start and reload by the daemon's name, and takes the note away at shutdown",
  needsRoot(),
  async () => {
    const scripts = await makeScripts();
    await scripts.setLauncher("exit 80");
    const daemon = join(scripts.folder, "virtnetworkd");
    await copyFile("/bin/dash", daemon);
    const { status, stdout, stderr } = onHost(`"$@"`, [daemon, "-c", STAMPS, "sh", scripts.script("daemon")]);
    assert.equal(stderr, "");
    assert.match(stdout, /^start (\d+)\n600 700\nreload \1\n1 virtnetworkd\ngone\n$/);
    assert.equal(status, 0);
  },
);

const STAMPS = `place=/run/virt-warden/daemons
sh "$1" - start - start; cat $place/virtnetworkd
stat -c %a $place/virtnetworkd $place | tr '\\n' ' ' | sed 's/ $/\\n/'
sh "$1" - reload begin SIGHUP; cat $place/virtnetworkd
echo $(ls -A $place | wc -l) $(ls -A $place)
sh "$1" - shutdown - shutdown; [ -e $place/virtnetworkd ] || echo gone`;

test("a note that cannot be written changes nothing", needsRoot(), async () => {
  const scripts: Scripts = await makeScripts();
  await scripts.setLauncher("exit 80");
  const words = [scripts.script("daemon"), "-", "start", "-", "start"];
  const ended = onHost('touch /run/virt-warden; sh "$@"', words);
  assert.deepEqual(ended, { status: 0, stdout: "", stderr: "" });
});
