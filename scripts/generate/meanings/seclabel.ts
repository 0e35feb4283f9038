import type { Meanings } from "./meanings.ts";

/** What the parts of security labels mean, of a guest and of single files and devices. */
export const seclabel: Meanings = {
  "domain/seclabel/@model":
    "The security driver that is meant: `selinux`, `apparmor` or `dac` (the process's user and group).",
  "domain/seclabel/@type":
    "`dynamic`: a label of the guest's own, chosen by libvirt; `static`: the one in `label`; `none`: this driver does not confine the guest. `dynamic` when absent.",
  "domain/seclabel/@relabel":
    "Whether libvirt labels the guest's files and devices for it. Always with `dynamic`, never with `none`; with `static` only where it says `yes`.",
  "domain/seclabel/label":
    "The label that the guest's process runs with: an SELinux context, an AppArmor profile, or user and group as `user:group` (`0:0` is root).",
  "domain/seclabel/imagelabel": "The label of the guest's files and devices; output only.",
  "domain/seclabel/baselabel": "What libvirt builds a `dynamic` label from; SELinux takes the type in it.",
  "seclabel/@model": "The security driver that is meant.",
  "seclabel/@relabel": "`no` leaves the file's or device's label as it is, so that others may share it.",
  "seclabel/@labelskip": "`yes`: it could not be labelled, as on some network file systems; output only.",
  "seclabel/label": "The label that the file or device gets.",
};
