import assert from "node:assert/strict";
import { readdir, utimes } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Built, build, type Ended } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { makePrivateRun, type PrivateRun, stateFile } from "../support/private-run.ts";

/** Room for little more than 1 GiB of guests; it says whom it counted. */
const ROOM_FOR_ONE = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "room",
  on: ["qemu/prepare", "lxc/prepare"],
  needs: ["guests"],
  check({ host, domain, deny }) {
    const others = host.guests.map(({ hook, name, vcpus, memory, starting }) => [hook, name, vcpus, memory, starting].join(" "));
    const own = domain.memory?.value ?? 0;
    if (host.guests.reduce((sum, guest) => sum + guest.memory, Number(own) * 1024) > 2 ** 30 + 2 ** 20) deny(others.join("; "));
  },
});
`;

const MEMORY = 1024 * 1024;
const guest = (name: string, uuid: number, memory = MEMORY): string => `<domain type='kvm'>
  <name>${name}</name>
  <uuid>00000000-0000-0000-0000-00000000000${uuid}</uuid>
  <memory unit='KiB'>${memory}</memory>
  <vcpu placement='static' current='1'>2</vcpu>
  <os>
    <type arch='x86_64'>hvm</type>
  </os>
</domain>
`;

describe("a policy that counts the host's guests", needsRoot(), () => {
  let built: Built;
  let host: PrivateRun;
  before(async () => {
    built = await build({ room: ROOM_FOR_ONE });
    host = await makePrivateRun();
  });

  const call = (operation: string, name: string, uuid: number, hook = "qemu"): Promise<Ended> => {
    const end = ["stopped", "release"].includes(operation);
    return host.call(built.bundle, [hook, name, operation, end ? "end" : "begin", "-"], guest(name, uuid));
  };
  const entries = async () => (await readdir(host.at("virt-warden/starts"))).filter((name) => name.includes("."));

  test("counts one that is being started, until it runs", async () => {
    assert.deepEqual(await call("prepare", "first", 1), { status: 0, stdout: "", stderr: "" });
    const { status, stderr } = await call("prepare", "second", 2);
    assert.equal(stderr, `virt-warden: denied by room: qemu first 2 ${2 ** 30} true\n`);
    assert.equal(status, 1);
    assert.equal((await call("started", "first", 1)).status, 0);
    assert.deepEqual(await entries(), []);
  });

  test("counts one that runs, whatever its driver, and itself never", async () => {
    await host.write("libvirt/lxc/box.xml", stateFile(guest("box", 3)));
    const { stderr } = await call("prepare", "second", 2);
    assert.equal(stderr, `virt-warden: denied by room: lxc box 2 ${2 ** 30} false\n`);
    assert.equal((await call("prepare", "box", 3, "lxc")).status, 0);
    await call("release", "box", 3, "lxc");
    await host.write("libvirt/lxc/box.xml", stateFile(guest("box", 3, 4)));
  });

  test("counts no start that was denied, ended or is long past", async () => {
    assert.equal((await call("prepare", "first", 1)).status, 0);
    assert.equal((await call("prepare", "denied", 2)).status, 1);
    assert.equal((await call("release", "first", 1)).status, 0);
    assert.deepEqual(await entries(), []);
    assert.equal((await call("prepare", "second", 2)).status, 0);
    const [entry = ""] = await entries();
    const longAgo = Date.now() / 1000 - 3600;
    await utimes(host.at(`virt-warden/starts/${entry}`), longAgo, longAgo);
    assert.equal((await call("prepare", "third", 4)).status, 0);
    await call("release", "third", 4);
  });

  test("lets one of two guests start that start at once, where there is room for one", async () => {
    const ended = await Promise.all([call("prepare", "one", 5), call("prepare", "two", 6)]);
    assert.deepEqual(ended.map(({ status }) => status).toSorted(), [0, 1]);
    await Promise.all([call("release", "one", 5), call("release", "two", 6)]);
  });

  test("is refused where a running guest's state cannot be read, with the file", async () => {
    await host.write("libvirt/qemu/cut.xml", "");
    const { status, stderr } = await call("prepare", "second", 2);
    assert.equal(status, 3);
    assert.match(stderr, /^virt-warden: engine failure: .*\/run\/libvirt\/qemu\/cut\.xml/);
  });
});
