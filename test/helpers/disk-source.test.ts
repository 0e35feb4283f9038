import assert from "node:assert/strict";
import { test } from "node:test";
import { diskSource } from "../../src/index.ts";
import type { DomainDisk } from "../../typings/index.d.ts";
import { diskModel } from "./model-of.ts";

/** A disk of a type with a source. */
const disk = (type: string, source: string) =>
  diskModel(`<disk type='${type}' device='disk'>${source}<target dev='vda'/></disk>`);

/** The source of such a disk. */
const sourceOf = (type: string, source: string) => diskSource(disk(type, source));

const PCI = "<address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>";

test("diskSource() gives the path on the host of files, block devices, folders, sockets and vDPA devices", () => {
  assert.equal(sourceOf("file", "<source file='/srv/a.qcow2'/>"), "/srv/a.qcow2");
  assert.equal(sourceOf("block", "<source dev='/dev/vg/a'/>"), "/dev/vg/a");
  assert.equal(sourceOf("dir", "<source dir='/srv/dir'/>"), "/srv/dir");
  assert.equal(sourceOf("vhostuser", "<source type='unix' path='/run/v.sock'/>"), "/run/v.sock");
  assert.equal(sourceOf("vhostvdpa", "<source dev='/dev/vhost-vdpa-0'/>"), "/dev/vhost-vdpa-0");
  assert.equal(sourceOf("ctl", "<source dev='/dev/cam/ctl0'/>"), "/dev/cam/ctl0");
});

test("diskSource() takes a disk without a type for a file", () => {
  const model = diskModel("<disk device='disk'><source file='/srv/a'/><target dev='vda'/></disk>");
  assert.equal(diskSource(model), "/srv/a");
});

test("diskSource() names network disks, volumes and NVMe devices by their kind", () => {
  assert.equal(sourceOf("network", "<source protocol='rbd' name='pool/web1'/>"), "rbd:pool/web1");
  assert.equal(sourceOf("network", "<source protocol='nbd'><host name='h'/></source>"), "nbd:");
  assert.equal(sourceOf("network", "<source protocol='https' name='a.iso' query='t=1'/>"), "https:a.iso?t=1");
  assert.equal(sourceOf("volume", "<source pool='default' volume='web1'/>"), "volume:default/web1");
  const nvme = `<source type='pci' namespace='1' managed='yes'>${PCI}</source>`;
  assert.equal(sourceOf("nvme", nvme), "nvme:0000:01:00.0/1");
});

test("diskSource() is undefined where there is no source", () => {
  for (const type of ["file", "block", "dir", "network", "volume", "nvme"]) {
    assert.equal(sourceOf(type, ""), undefined, type);
  }
  assert.equal(sourceOf("file", "<source startupPolicy='optional'/>"), undefined);
  assert.equal(sourceOf("block", "<source dev=''/>"), undefined);
  assert.equal(sourceOf("volume", "<source/>"), undefined);
});

test("diskSource() reads what its type says, whatever else the source has", () => {
  assert.equal(sourceOf("block", "<source file='/srv/allowed' dev='/dev/sda'/>"), "/dev/sda");
  assert.equal(sourceOf("file", "<source dev='/srv/allowed' file='/etc/shadow'/>"), "/etc/shadow");
});

test("diskSource() resolves a path by name, so that none can pretend to lie elsewhere", () => {
  const paths = {
    "/srv/../etc/shadow": "/etc/shadow",
    "/srv/images/./a": "/srv/images/a",
    "//srv///a/": "/srv/a",
    "/../../etc": "/etc",
    "/srv/..": "/",
    "/srv/..a/a..": "/srv/..a/a..",
  };
  for (const [path, resolved] of Object.entries(paths)) {
    assert.equal(sourceOf("file", `<source file='${path}'/>`), resolved);
    assert.equal(sourceOf("vhostuser", `<source type='unix' path='${path}'/>`), resolved);
  }
});

test("only a path on the host begins with a slash, whatever names a document has", () => {
  assert.equal(sourceOf("file", "<source file='[disks] web1.vmdk'/>"), "file:[disks] web1.vmdk");
  assert.equal(sourceOf("file", "<source file='../srv/a'/>"), "file:../srv/a");
  assert.equal(sourceOf("file", "<source file='rbd:pool/a'/>"), "file:rbd:pool/a");
  assert.equal(sourceOf("block", "<source dev='sda'/>"), "block:sda");
  assert.equal(sourceOf("network", "<source protocol='iscsi' name='/srv/a'/>"), "iscsi:/srv/a");
  assert.equal(sourceOf("volume", "<source pool='/srv' volume='/a'/>"), "volume:/srv//a");
});

test("diskSource() throws where the protocol could pass for a path or another kind", () => {
  for (const protocol of ["/srv/a", "", "volume", "file", "nvme", "RBD", "rbd:x", "__proto__"]) {
    const model = disk("network", `<source protocol='${protocol}' name='a'/>`);
    assert.throws(() => diskSource(model), { name: "TypeError", message: /is not a protocol$/ }, protocol);
  }
});

test("diskSource() throws where a source lacks what its type needs", () => {
  const lacking = {
    network: ["<source name='a'/>", "protocol"],
    volume: ["<source pool='a'/>", "volume"],
    nvme: [`<source type='pci'>${PCI}</source>`, "namespace"],
    vhostuser: ["<source type='unix'/>", "path"],
    vhostvdpa: ["<source/>", "dev"],
  };
  for (const [type, [source = "", member]] of Object.entries(lacking)) {
    const message = `Cannot tell a disk's source: a source of type ${type} needs ${member}`;
    assert.throws(() => sourceOf(type, source), { name: "TypeError", message });
  }
  const source = { type: "pci", namespace: 1, address: { bus: 256 } };
  assert.throws(() => diskSource({ type: "nvme", source } as unknown as DomainDisk), RangeError);
});

test("diskSource() throws at a type that it does not know", () => {
  for (const type of ["constructor", "newer", ""]) {
    assert.throws(() => sourceOf(type, "<source file='/srv/a'/>"), { message: /is not a type of disk/ }, type);
  }
});

test("diskSource() reads mirrors, the old form included, and external data", () => {
  const model = disk(
    "file",
    `<source file='/srv/a'><dataStore type='block'><format type='raw'/><source dev='/dev/vg/data'/></dataStore></source>
     <mirror type='network' job='copy'><format type='raw'/><source protocol='nbd' name='b'/></mirror>`,
  );
  assert.equal(diskSource(model.mirror ?? assert.fail()), "nbd:b");
  assert.equal(model.type === "file" && diskSource(model.source?.dataStore ?? assert.fail()), "/dev/vg/data");
  const old = disk("file", "<source file='/srv/a'/><mirror file='/srv/./b' format='raw' job='copy'/>");
  assert.equal(diskSource(old.mirror ?? assert.fail()), "/srv/b");
});
