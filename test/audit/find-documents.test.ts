import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { join, relative } from "node:path";
import { test } from "node:test";
import { findDocuments, hostFolders } from "../../src/audit/find-documents.ts";
import { makeFolder } from "../support/folder.ts";

const root = await makeFolder({
  "etc/libvirt/qemu/web2.xml": "",
  "etc/libvirt/qemu/web1.xml": "",
  "etc/libvirt/qemu/web1.xml.bak": "",
  "etc/libvirt/qemu/networks/default.xml": "",
  "etc/libvirt/lxc/box.xml": "",
  "run/libvirt/qemu/web1.xml": "",
  "run/libvirt/qemu/web1.pid": "",
});
await mkdir(join(root, "etc/libvirt/qemu/autostart"));
await mkdir(join(root, "etc/libvirt/qemu/folder.xml"));
await symlink("../web1.xml", join(root, "etc/libvirt/qemu/autostart/web1.xml"));

/** As `[path, event]`, the path from the test's root. */
const found = (...rest: Parameters<typeof findDocuments>) =>
  findDocuments(...rest).map(({ file, event }) => [relative(root, file), event]);

test("a host's guests are those that are defined and those that run, each at its hook's prepare", () => {
  assert.deepEqual(found(hostFolders(undefined, root), undefined, true), [
    ["etc/libvirt/qemu/web1.xml", "qemu/prepare"],
    ["etc/libvirt/qemu/web2.xml", "qemu/prepare"],
    ["etc/libvirt/lxc/box.xml", "lxc/prepare"],
    ["run/libvirt/qemu/web1.xml", "qemu/prepare"],
  ]);
});

test("an event is that of all documents, and of a host's guests only those that can have it are looked at", () => {
  assert.deepEqual(found(hostFolders("lxc/start", root), "lxc/start", true), [
    ["etc/libvirt/lxc/box.xml", "lxc/start"],
  ]);
  assert.deepEqual(hostFolders("network/start", root), []);
  assert.deepEqual(found([join(root, "etc/libvirt/lxc")], "qemu/migrate", false), [
    ["etc/libvirt/lxc/box.xml", "qemu/migrate"],
  ]);
});

test("files and folders can be mixed, and each document comes once", () => {
  const [qemu, box] = [join(root, "etc/libvirt/qemu"), join(root, "etc/libvirt/lxc/box.xml")];
  assert.deepEqual(found([box, qemu, join(qemu, "web2.xml"), join(qemu, "web1.xml.bak")], undefined, false), [
    ["etc/libvirt/lxc/box.xml", "lxc/prepare"],
    ["etc/libvirt/qemu/web1.xml", "qemu/prepare"],
    ["etc/libvirt/qemu/web2.xml", "qemu/prepare"],
    ["etc/libvirt/qemu/web1.xml.bak", "qemu/prepare"],
  ]);
});

test("a place that is not there is said, unless it may be missing", () => {
  const nowhere = join(root, "nowhere");
  assert.deepEqual(found([nowhere], undefined, true), []);
  assert.throws(() => findDocuments([nowhere], undefined, false), {
    name: "UserError",
    message: `${nowhere}: cannot look for documents: no such file or directory`,
  });
});
