import assert from "node:assert/strict";
import { test } from "node:test";
import { devices } from "../../src/index.ts";
import { buildModel } from "../../src/model/build-model.ts";
import type { XmlElement } from "../../typings/xml.d.ts";
import { readCorpus } from "../model/corpus.ts";
import { guestModel } from "./model-of.ts";

test("devices() lists all devices with their element and place, but not the emulator", () => {
  const domain = guestModel(`<emulator>/usr/bin/qemu</emulator>
    <interface type='user'/><disk type='block'><target dev='vda'/></disk><memballoon model='none'/>
    <disk type='file'><target dev='vdb'/></disk><vsock model='virtio'/>`);
  const found = devices(domain).sort((a, b) => (a.at < b.at ? -1 : 1));
  const { disk = [], interface: [nic] = [], memballoon, vsock } = domain.devices ?? {};
  assert.deepEqual(found, [
    { element: "disk", device: disk[0], at: "devices/disk[1]" },
    { element: "disk", device: disk[1], at: "devices/disk[2]" },
    { element: "interface", device: nic, at: "devices/interface[1]" },
    { element: "memballoon", device: memballoon, at: "devices/memballoon" },
    { element: "vsock", device: vsock, at: "devices/vsock" },
  ]);
  assert.ok(found.every(({ device }) => typeof device === "object"));
});

test("devices() is empty for a guest without devices", () => {
  assert.deepEqual(devices({}), []);
  assert.deepEqual(devices(guestModel("")), []);
});

test("devices() finds every device of the corpus, where its place says", () => {
  for (const { name, root } of readCorpus("guests")) {
    const found = devices(buildModel(root, "domain"));
    assert.deepEqual(found.map(({ at }) => at).sort(), placesOf(root).sort(), name);
  }
});

/** The places of the elements below `<devices>`, from the tree; libvirt has these once alone. */
function placesOf(root: XmlElement): string[] {
  const single = new Set(["memballoon", "nvram", "vsock", "pstore"]);
  const all = elements(root)
    .filter(({ name }) => name === "devices")
    .flatMap(elements);
  const names = [...new Set(all.map(({ name }) => name))].filter((name) => name !== "emulator");
  return names.flatMap((name) => {
    const count = all.filter((each) => each.name === name).length;
    return single.has(name)
      ? [`devices/${name}`]
      : Array.from({ length: count }, (_, index) => `devices/${name}[${index + 1}]`);
  });
}

function elements({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== "string");
}
