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
export type NetworkEvent = `network/${"start" | "started" | "updated" | "stopped"}` | PortEvent;

/** The event of a network's port, which is a guest's interface. */
export type PortEvent = `network/${"port-created" | "port-deleted"}`;

/** An event of the daemon itself. */
export type DaemonEvent = `daemon/${"start" | "shutdown" | "reload"}`;

/** Every event that libvirt reports to a hook script. */
export type Event = GuestEvent | NetworkEvent | DaemonEvent;

/** The events at which libvirt takes a new document from its hook. */
export type RewriteEvent = "qemu/migrate" | "qemu/restore" | "libxl/migrate";

/**
 * Why a guest ended, as `qemu/release` and `lxc/release` tell since libvirt 10.5.
 * @see https://libvirt.org/hooks.html and virDomainShutoffReason in libvirt's src/conf/domain_conf.c
 */
export type ReleaseReason =
  | "unknown"
  | "shutdown"
  | "destroyed"
  | "crashed"
  | "migrated"
  | "saved"
  | "failed"
  | "from snapshot"
  | "daemon";
