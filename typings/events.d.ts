/**
 * A guest's event, as `<hook>/<operation>`.
 * @see https://libvirt.org/hooks.html
 */
export type GuestEvent =
  | `${"qemu" | "libxl"}/${GuestOperation | "migrate"}`
  | `qemu/${"restore" | "attach"}`
  | `lxc/${GuestOperation}`
  | `bhyve/${Exclude<GuestOperation, "reconnect">}`;

type GuestOperation = "prepare" | "start" | "started" | "stopped" | "release" | "reconnect";

/** A network's event. */
export type NetworkEvent = `network/${"start" | "started" | "updated" | "stopped" | "port-created" | "port-deleted"}`;

/** An event of the daemon itself. */
export type DaemonEvent = `daemon/${"start" | "shutdown" | "reload"}`;

/** Every event that libvirt reports to a hook script. */
export type Event = GuestEvent | NetworkEvent | DaemonEvent;
