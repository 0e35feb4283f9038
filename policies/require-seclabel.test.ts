import { guest, judge, judgeAll, test, testEach } from "virt-warden/test";
import policy from "./require-seclabel.ts";

const REASON = "the guest runs without confinement (seclabel type none); use type dynamic";

testEach(
  "labels that confine are allowed",
  {
    "none written": "",
    dynamic: "<seclabel type='dynamic' model='selinux' relabel='yes'/>",
    static: "<seclabel type='static' model='selinux'><label>system_u:system_r:svirt_t:s0:c1,c2</label></seclabel>",
    "AppArmor's, static": "<seclabel type='static' model='apparmor'><label>libvirt-web1</label></seclabel>",
    "a user's, static": "<seclabel type='static' model='dac'><label>+107:qemu</label></seclabel>",
    "dynamic from a base": `<seclabel type='dynamic' model='selinux'>
      <baselabel>system_u:system_r:svirt_t:s0</baselabel></seclabel>`,
    "no type": "<seclabel model='apparmor'/>",
    "a disk's own, which is not the guest's": `<devices><disk type='file'>
      <source file='/a'><seclabel model='dac' relabel='no'/></source><target dev='vda'/></disk></devices>`,
  },
  (label) => judge(policy, guest(label)).allowed(),
);

testEach(
  "each label without confinement is denied on its own, with its place",
  {
    one: { labels: "<seclabel type='none'/>", at: ["seclabel[1]/@type"] },
    "some of several": {
      labels: `<seclabel type='none' model='selinux'/>
        <seclabel type='dynamic' model='apparmor' relabel='yes'/>
        <seclabel type='none' model='dac'/>`,
      at: ["seclabel[1]/@type", "seclabel[3]/@type"],
    },
  },
  ({ labels, at }) => judge(policy, guest(labels)).denied(...at.map((place) => ({ reason: REASON, at: place }))),
);

testEach(
  "labels that confine nothing, are not known to, or make the guest run as root are denied",
  {
    "unconfined by SELinux": ["selinux", "unconfined_u:unconfined_r:unconfined_t:s0"],
    "no SELinux label": ["selinux", "svirt_t"],
    "another AppArmor profile": ["apparmor", "unconfined"],
    root: ["dac", "root:qemu"],
    "root by number": ["dac", "+0:+107"],
    "root's group": ["dac", "qemu:0"],
    "a user alone": ["dac", "qemu"],
    "another driver": ["smack", "libvirt-web1"],
  } as const,
  ([model, label]) => {
    const reason = `the label ${label} is none that confines guests; leave it to libvirt`;
    const own = (type: string, element: string) =>
      `<seclabel type='${type}' model='${model}'><${element}>${label}</${element}></seclabel>`;
    judge(policy, guest(own("static", "label"))).denied({ reason, at: "seclabel[1]/label" });
    judge(policy, guest(own("dynamic", "baselabel"))).denied({ reason, at: "seclabel[1]/baselabel" });
  },
);

test("a label without a driver is denied, since it is not known whose it is", () => {
  const label = "<seclabel type='static'><label>system_u:system_r:svirt_t:s0</label></seclabel>";
  judge(policy, guest(label)).denied({ at: "seclabel[1]/label" });
});

testEach(
  "every event that starts a guest is watched",
  { migration: "qemu/migrate", restore: "qemu/restore", container: "lxc/prepare" },
  (event) => judge(policy, guest("<seclabel type='none'/>"), { event }).denied(REASON),
);

test("other events are not watched", () => {
  judgeAll(guest("<seclabel type='none'/>"), { event: "qemu/started" }).allowed();
});
