import type { Meanings } from "./meanings.ts";

/** What the parts mean that reach past libvirt, straight to the hypervisor. */
export const raw: Meanings = {
  "domain/qemu:commandline":
    "Arguments and variables that reach QEMU unchecked: they can add any device, file or monitor, whatever the rest of the document says.",
  "qemu:commandline/qemu:arg": "An argument on QEMU's command line, after libvirt's own.",
  "qemu:arg/@value": "The argument, one word as QEMU gets it: an option and its value are two.",
  "qemu:commandline/qemu:env": "An environment variable of QEMU.",
  "qemu:env/@name": "The variable's name.",
  "qemu:env/@value": "The variable's value. Absent: empty.",
  "domain/qemu:capabilities": "Changes what libvirt believes this QEMU can do; for experiments only.",
  "qemu:capabilities/qemu:add": "A capability that libvirt is to believe in.",
  "qemu:add/@capability": "The capability's name in libvirt.",
  "qemu:capabilities/qemu:del": "A capability that libvirt is to ignore.",
  "qemu:del/@capability": "The capability's name in libvirt.",
  "domain/qemu:deprecation":
    "What QEMU does when libvirt uses something deprecated; for libvirt's developers, not for production.",
  "qemu:deprecation/@behavior":
    "`none`, the default, allows it; `omit` hides deprecated output; `reject` fails the command; `crash` ends QEMU, and the guest with it.",
  "domain/qemu:override":
    "Changes properties of devices behind libvirt's back; for experiments only. It holds at the start, not for hotplug.",
  "qemu:override/qemu:device": "The changes to one device.",
  "qemu:device/@alias": "The name in the device's `alias`.",
  "qemu:device/qemu:frontend": "Changes to what the guest sees of the device.",
  "qemu:frontend/qemu:property": "One property of the device in QEMU.",
  "qemu:property/@name": "The property's name in QEMU.",
  "qemu:property/@type": "The kind of the value; `remove` takes away the property that libvirt would set.",
  "qemu:property/@value": "The value; absent for `remove`.",
  "domain/lxc:namespace":
    "Namespaces that the container shares with another container or with a process, instead of having its own.",
  "lxc:namespace/lxc:sharenet":
    "Whose network namespace: its interfaces, addresses and abstract sockets. `features.privnet` is then ignored.",
  "lxc:sharenet/@type": "What `value` is: a named network namespace (`netns`), a container's name, or a process ID.",
  "lxc:sharenet/@value": "The name or the process ID; with `pid`, 1 means the host's own namespace.",
  "lxc:namespace/lxc:shareipc": "Whose IPC namespace: its shared memory, semaphores and message queues.",
  "lxc:shareipc/@type": "What `value` is: a container's name, or a process ID.",
  "lxc:shareipc/@value": "The name or the process ID; with `pid`, 1 means the host's own namespace.",
  "lxc:namespace/lxc:shareuts": "Whose UTS namespace: its host name.",
  "lxc:shareuts/@type": "What `value` is: a container's name, or a process ID.",
  "lxc:shareuts/@value": "The name or the process ID; with `pid`, 1 means the host's own namespace.",
  "domain/bhyve:commandline": "Arguments that reach bhyve unchecked, whatever the rest of the document says.",
  "bhyve:commandline/bhyve:arg": "An argument on bhyve's command line.",
  "bhyve:arg/@value": "The argument, one word as bhyve gets it.",
  "domain/xen:commandline":
    "Arguments that reach Xen's QEMU device model unchecked, whatever the rest of the document says.",
  "xen:commandline/xen:arg": "An argument on the device model's command line.",
  "xen:arg/@value": "The argument, one word as the device model gets it.",
};
