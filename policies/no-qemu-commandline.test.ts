import { guest, judge, test, testEach } from "virt-warden/test";
import policy from "./no-qemu-commandline.ts";

testEach(
  "a guest that keeps to libvirt's own elements is allowed",
  {
    plain: guest("<devices><emulator>/usr/bin/qemu-system-x86_64</emulator></devices>"),
    metadata: guest("<metadata><x:commandline xmlns:x='urn:x'><x:arg value='-s'/></x:commandline></metadata>"),
    "a container's namespaces": guest("<lxc:namespace><lxc:shareuts type='name' value='a'/></lxc:namespace>"),
    "elements of other names": guest("<description>qemu:commandline</description>"),
  },
  (document) => judge(policy, document).allowed(),
);

testEach(
  "what reaches the hypervisor past libvirt is denied",
  {
    "qemu:commandline": "<qemu:commandline><qemu:arg value='-s'/></qemu:commandline>",
    "qemu:capabilities": "<qemu:capabilities><qemu:add capability='blockdev'/></qemu:capabilities>",
    "qemu:override": "<qemu:override><qemu:device alias='net0'/></qemu:override>",
    "qemu:deprecation": "<qemu:deprecation behavior='crash'/>",
    "xen:commandline": "<xen:commandline><xen:arg value='-s'/></xen:commandline>",
    "bhyve:commandline": "<bhyve:commandline><bhyve:arg value='-s'/></bhyve:commandline>",
  },
  (parts, name) =>
    judge(policy, guest(parts)).denied({
      reason: `${name} reaches the hypervisor past libvirt; use libvirt's own elements`,
      at: name,
    }),
);

test("the prefix that the document chose does not matter, and an empty element is denied too", () => {
  const document = "<q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'/>";
  judge(policy, guest(document)).denied({ reason: /^qemu:commandline reaches/, at: "qemu:commandline" });
});

test("an element of a namespace that is not known is denied", () => {
  const unknown = "<x:commandline xmlns:x='urn:x'/><y:other xmlns:y='urn:x'/>";
  judge(policy, guest(unknown)).denied("{urn:x}commandline reaches", "{urn:x}other reaches");
});

testEach(
  "every event that starts a guest is watched",
  {
    migration: "qemu/migrate",
    restore: "qemu/restore",
    Xen: "libxl/prepare",
    "Xen's migration": "libxl/migrate",
    bhyve: "bhyve/prepare",
    container: "lxc/prepare",
  },
  (event) => judge(policy, guest("<qemu:commandline/>"), { event }).denied("qemu:commandline"),
);
