import assert from "node:assert/strict";
import { test } from "node:test";
import { guest } from "../test/support/documents.ts";
import { findingsOf } from "../test/support/judge.ts";
import { rewriteWith } from "../test/support/rewriter.ts";
import policy from "./move-disk-paths.ts";

const POLICY = new URL("move-disk-paths.ts", import.meta.url);
const NAME = "move-disk-paths";
const MOVES = [
  { from: "/srv/images", to: "/var/lib/libvirt/images" },
  { from: "/srv/images/fast", to: "/nvme" },
  { from: "/dev/vg0", to: "/dev/guests" },
];
const rewrite = await rewriteWith(POLICY, NAME, { moves: MOVES });

/** A guest with these disks; each gets a target. */
const withDisks = (...disks: readonly string[]): string =>
  guest(
    `<devices>${disks.map((disk, index) => disk.replace("</disk>", `<target dev='vd${index}'/></disk>`)).join("\n")}</devices>`,
  );

const file = (path: string, more = ""): string => `<disk type='file'><source file='${path}'>${more}</source></disk>`;

test("disks that are files, block devices and directories are moved, each by the innermost folder that it lies in", async () => {
  const before = withDisks(
    `<disk type="file" device="disk"><driver name='qemu'/><source   file="/srv/images/web1.qcow2" index='1'/></disk>`,
    "<disk><source file='/srv/images/a/b.raw'/></disk>",
    "<disk type='file' device='cdrom'><source file='/srv/images/fast/x.iso'/></disk>",
    "<disk type='block'><source dev='/dev/vg0/web1'/></disk>",
    "<disk type='dir' device='floppy'><source dir='/srv/images'/><readonly/></disk>",
  );
  const after = before
    .replace("/srv/images/web1", "/var/lib/libvirt/images/web1")
    .replace("/srv/images/a/b", "/var/lib/libvirt/images/a/b")
    .replace("/srv/images/fast/x", "/nvme/x")
    .replace("/dev/vg0/web1", "/dev/guests/web1")
    .replace("dir='/srv/images'", "dir='/var/lib/libvirt/images'");
  for (const event of ["qemu/migrate", "qemu/restore", "libxl/migrate"] as const) {
    const { decision, document } = await rewrite(before, event);
    assert.deepEqual([decision.status, document], [0, after], event);
    assert.equal(decision.rewrites?.length, 5);
  }
});

test("backing stores and data stores that the document names are moved as well", async () => {
  const store = (path: string): string =>
    `<dataStore type='file'><format type='raw'/><source file='${path}'/></dataStore>`;
  const before = withDisks(
    "<disk type='file'><source file='/srv/images/top.qcow2'/>" +
      "<backingStore type='block'><format type='raw'/><source dev='/dev/vg0/base'/>" +
      `<backingStore type='file'><format type='qcow2'/><source file='/srv/images/root.qcow2'>${store("/srv/images/root.data")}</source>` +
      "<backingStore/></backingStore></backingStore></disk>",
  );
  const { decision, document } = await rewrite(before);
  assert.equal(decision.status, 0);
  assert.equal(
    document,
    before.replaceAll("/srv/images/", "/var/lib/libvirt/images/").replace("/dev/vg0/", "/dev/guests/"),
  );
});

test("what lies elsewhere stays, a folder whose name only begins the same among it", async () => {
  const before = withDisks(
    file("/srv/images2/a.raw"),
    file("/data/srv/images/a.raw"),
    "<disk type='network'><source protocol='rbd' name='/srv/images/a'/></disk>",
    "<disk type='volume'><source pool='srv' volume='images'/></disk>",
    "<disk type='file' device='cdrom'></disk>",
  );
  const { decision, document } = await rewrite(before);
  assert.deepEqual([decision.status, document, decision.rewrites], [0, undefined, undefined]);
});

test("a disk that is still in a folder that this host has not is refused, with its place", async () => {
  const mirror = "<mirror type='file' job='copy'><format type='raw'/><source file='/srv/images/copy.raw'/></mirror>";
  const { decision } = await rewrite(
    withDisks(
      file("/srv//images/a.raw"),
      file("/srv/./images/b.raw"),
      file("/data/../srv/images/c.raw"),
      file("images/d.raw"),
      "<disk type='vhostuser'><source type='unix' path='/srv/images/e.sock'/></disk>",
      `<disk type='file'><source file='/data/f.raw'/>${mirror}</disk>`,
    ),
  );
  assert.equal(decision.status, 1);
  const left = (path: string): string =>
    `the disk /srv/images/${path} still lies in /srv/images, which is not on this host`;
  assert.deepEqual(findingsOf(decision), [
    ["deny", left("a.raw"), "devices/disk[1]"],
    ["deny", left("b.raw"), "devices/disk[2]"],
    ["deny", "the disk's path /data/../srv/images/c.raw has .. in it; write it without", "devices/disk[3]"],
    ["deny", "the disk's path images/d.raw is not absolute", "devices/disk[4]"],
    ["deny", left("e.sock"), "devices/disk[5]"],
    ["deny", left("copy.raw"), "devices/disk[6]/mirror"],
  ]);
});

test("where the policy only warns nothing is moved, and every disk is reported that would have been", async () => {
  const warns = await rewriteWith(POLICY, NAME, { moves: MOVES }, { mode: "warn" });
  const { decision, document } = await warns(withDisks(file("/srv/images/a.raw")));
  assert.deepEqual([decision.status, document, decision.findings.length], [0, undefined, 1]);
});

test("without settings nothing is moved and nothing refused", async () => {
  const idle = await rewriteWith(POLICY, NAME);
  const { decision, document } = await idle(withDisks(file("/srv/images/../a.raw"), file("b.raw")));
  assert.deepEqual([decision.status, document], [0, undefined]);
});

test("moves that are not plain paths, or that lead to each other, are refused", () => {
  const problem = (...moves: readonly object[]): string => {
    const result = policy.settings?.["~standard"].validate({ moves });
    return result !== undefined && "issues" in result ? (result.issues?.[0]?.message ?? "") : "";
  };
  assert.equal(problem(...MOVES), "");
  for (const from of ["srv", "/", "/srv/", "/srv//a", "/srv/../a", "/srv/.", ""]) {
    assert.match(problem({ from, to: "/a" }), /^must be an absolute path such as/, from);
  }
  assert.match(problem({ from: "/a", to: "/a/b" }), /^must move nothing to where something else is moved away from/);
  assert.match(problem({ from: "/a", to: "/b" }, { from: "/b", to: "/c" }), /^must move nothing to where/);
  assert.match(problem({ from: "/a", to: "/b" }, { from: "/a", to: "/c" }), /^must have each path in one from alone/);
});
