import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { hookData, PORT } from "../support/documents.ts";
import { type Built, build, type Ended, GUEST, LAUNCHER, start } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { copyProduct } from "../support/product-copy.ts";

const PORT_UUID = /<uuid>(.*)<\/uuid>/.exec(PORT)?.[1] ?? "";
const FULL_SHM = "mount -t tmpfs -o size=8k none /dev/shm && head -c 8192 /dev/zero >/dev/shm/full";

/** A `/run` on which a guest runs that holds the port of the tests' document. */
const RUNNING = `mount -t tmpfs none /run && mkdir -p /run/libvirt/qemu &&
  echo "<domstatus><domain><source network='default' portid='${PORT_UUID}'/></domain></domstatus>" >/run/libvirt/qemu/web1.xml`;

/** Calls the hook on a host whose mounts a script changed, out of sight of this one. */
function hookAfter(script: string, bundle: string, words: readonly string[], document: string): Promise<Ended> {
  const command = `${script} && exec "$@"`;
  const call = [LAUNCHER, "hook", "--bundle", bundle, ...words];
  return start("unshare", ["--mount", "sh", "-c", command, "sh", ...call], document).ended;
}

describe("on a host with faults", { ...needsRoot() }, () => {
  let built: Built;
  const prepare = ["qemu", "web1", "prepare", "begin", "-"];
  const portCreated = ["network", "default", "port-created", "begin", "-"];
  before(async () => {
    const guests = `import { definePolicy } from "virt-warden";
      export default definePolicy({ name: "ports", on: ["network/port-created"], check({ deny }) { deny("no ports"); } });`;
    built = await build({ ports: guests, honest: "void context.domain;" });
  });

  test("a full /dev/shm or /tmp, which any user can fill, refuses nobody", async () => {
    assert.deepEqual(await hookAfter(FULL_SHM, built.bundle, prepare, GUEST), { status: 0, stdout: "", stderr: "" });
    const full = `${FULL_SHM} && mount -t tmpfs none /run && mkdir /run/lock`;
    assert.equal((await hookAfter(full, built.bundle, prepare, GUEST)).status, 0);
  });

  test("no room for the document anywhere refuses, in a line", async () => {
    // product and bundle may lie in /tmp themselves
    const moved = `mount -t tmpfs none /mnt && mkdir /mnt/product /mnt/policies &&
      mount --rbind ${productRoot} /mnt/product && mount --bind ${built.folder} /mnt/policies`;
    const full = `${FULL_SHM} && for dir in /run /tmp; do mount -t tmpfs -o size=8k none $dir; head -c 8192 /dev/zero >$dir/full; done`;
    const call = ["/mnt/product/bin/virt-warden", "hook", "--bundle", "/mnt/policies/bundle", ...prepare];
    const script = `${moved} && ${full} && cd / && exec "$@"`;
    const { status, stderr } = await start("unshare", ["--mount", "sh", "-c", script, "sh", ...call], GUEST).ended;
    assert.match(
      stderr,
      /^virt-warden: engine failure: there is no room for a document in \/run, \/dev\/shm or \/tmp\n/,
    );
    assert.equal(status, 3);
  });

  test("a running guest's port is spared in every failure, and a new one is not", async () => {
    const document = hookData(PORT);
    const stranger = document.replace(PORT_UUID, "00000000-ba4a-4d6e-bdb2-30a35ff3207d");
    const judge = (bundle: string, script = "true") => [
      hookAfter(`${RUNNING} && ${script}`, bundle, portCreated, document),
      hookAfter(`${RUNNING} && ${script}`, bundle, portCreated, stranger),
    ];
    const statuses = async (ended: readonly Promise<Ended>[]) => (await Promise.all(ended)).map(({ status }) => status);
    assert.deepEqual(await statuses(judge(built.bundle)), [0, 1]);
    assert.deepEqual(await statuses(judge("/nowhere")), [0, 3]);
    assert.deepEqual(await statuses(judge(built.bundle, `${FULL_SHM} && mount -o remount,size=4k /run`)), [0, 1]);
    const { bundle } = await build({ honest: "void context.domain;" });
    const launch = join(bundle, "current/launch");
    const text = await readFile(launch, "utf8");
    for (const deadline of ["x", "008", "9".repeat(30), ""]) {
      await writeFile(launch, text.replace(/^deadline .*$/m, `deadline ${deadline}`));
      assert.deepEqual(await statuses(judge(bundle)), [0, 3], deadline);
    }
  });
});

test("a part of the launcher that was cut off refuses, and never ends a running guest", async () => {
  for (const part of ["events", "document", "outcome", "runtime", "evaluate", "bundle", "hook"]) {
    const launcher = await copyProduct(process.getuid?.() ?? 0);
    const file = join(dirname(launcher), `${part}.sh`);
    const lines = (await readFile(file, "utf8")).split("\n");
    const { bundle } = await build({ honest: "void context.domain;" });
    for (const end of [0.9, 0.6, 0.3, 0]) {
      await truncate(file, Buffer.byteLength(lines.slice(0, Math.floor(lines.length * end)).join("\n")));
      for (const [operation, expected] of [["prepare", 3] as const, ["reconnect", 0] as const]) {
        const call = ["hook", "--bundle", bundle, "qemu", "web1", operation, "begin", "-"];
        const { status, stdout } = await start(launcher, call, GUEST).ended;
        assert.deepEqual([status, stdout], [expected, ""], `${operation} with ${end} of ${part}.sh`);
      }
    }
  }
});
