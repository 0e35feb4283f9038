import type { Meanings } from "./meanings.ts";

/** What each Linux capability allows. */
const ALLOWS: Meanings = {
  audit_control: "configure the kernel's audit; dropped by default",
  audit_write: "write to the audit log",
  block_suspend: "keep the host from suspending",
  chown: "give files to other users",
  dac_override: "read, write and execute files past their permissions",
  dac_read_search: "read files and search directories past their permissions",
  fowner: "act on files as their owner",
  fsetid: "keep set-user-ID and set-group-ID bits on changed files",
  ipc_lock: "lock memory",
  ipc_owner: "use IPC objects past their permissions",
  kill: "signal any process in the container",
  lease: "take leases on any file",
  linux_immutable: "make files immutable or append-only",
  mac_admin: "configure SELinux, AppArmor or the like; dropped by default",
  mac_override: "act past mandatory access control",
  mknod: "create device files; dropped by default",
  net_admin: "configure interfaces, routes and firewalls of its network namespace",
  net_bind_service: "listen on ports below 1024",
  net_broadcast: "send broadcasts and listen to multicasts",
  net_raw: "send and receive raw packets",
  setgid: "change to any group",
  setfcap: "give capabilities to files",
  setpcap: "change what capabilities processes have",
  setuid: "change to any user",
  sys_admin: "mount, and administer much else: near to full power over the host without user namespaces",
  sys_boot: "reboot; dropped by default unless the reboot stays in the container",
  sys_chroot: "change the root directory, and enter namespaces",
  sys_module: "load modules into the host's kernel; dropped by default",
  sys_nice: "raise priorities and choose CPUs",
  sys_pacct: "switch process accounting",
  sys_ptrace: "trace and read any process in the container",
  sys_rawio: "access I/O ports and raw memory of the host",
  sys_resource: "exceed resource limits",
  sys_time: "set the host's clock; dropped by default",
  sys_tty_config: "configure terminals",
  syslog: "read and control the kernel's log",
  wake_alarm: "set timers that wake the host",
};

const STATE = "`on` keeps the capability even where it would be dropped; `off` drops it.";

/** What the capabilities of a container mean. */
export const capabilities: Meanings = {
  "capabilities/@policy":
    "What holds for capabilities that are not listed: `deny` drops them, `allow` keeps them, `default` drops the most dangerous ones.",
  ...Object.fromEntries(
    Object.entries(ALLOWS).flatMap(([name, allows]) => [
      [`capabilities/${name}`, `CAP_${name.toUpperCase()}: the container's root can ${allows}.`],
      [`capabilities/${name}/@state`, STATE],
    ]),
  ),
};
