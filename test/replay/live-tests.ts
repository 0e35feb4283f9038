import type { Event } from "../../typings/events.d.ts";

/** A test with a real libvirt. */
export interface LiveTest {
  /** A file of `test/libvirt`. */
  readonly file: string;
  /** The test's title there. */
  readonly title: string;
}

const live = (file: string, title: string): LiveTest => ({ file: `${file}.test.ts`, title });

/**
 * The tests with a real libvirt, by the event that they exercise. libxl and bhyve have none, nor has `qemu/attach`, which
 * no libvirt calls.
 */
export const LIVE_TESTS: Readonly<Partial<Record<Event, LiveTest>>> = {
  "qemu/prepare": live(
    "admission",
    "does not start a guest that a policy denies at prepare, and tells virsh the reason",
  ),
  "qemu/start": live(
    "admission",
    "does not start a guest that a policy denies at start, when all is made ready for it, and leaves no process",
  ),
  "qemu/started": live(
    "when-running",
    'ends the guest at started where the policy says whenRunning: "kill", and tells virsh the reason',
  ),
  "qemu/stopped": live("admission", "logs each watched call in a line, and nothing of the documents"),
  "qemu/release": live("admission", "logs each watched call in a line, and nothing of the documents"),
  "qemu/migrate": live(
    "migration",
    "aborts with the reason when the destination's policy denies, and the guest keeps running at its source",
  ),
  "qemu/restore": live(
    "restore",
    "judges a managed save when its guest starts again, and keeps it when a policy denies it",
  ),
  "qemu/reconnect": live("daemon-restart", "under a policy that denies everything, while new guests are refused"),
  "lxc/prepare": live("lxc", "does not start one that a policy denies at prepare, and tells virsh the reason"),
  "lxc/start": live("lxc", "does not start one that a policy denies at start, and tells virsh the reason"),
  "lxc/started": live("lxc", 'ends one at started where the policy says whenRunning: "kill"'),
  "lxc/stopped": live("lxc", "starts one that every policy allows, and has all of its events logged until its end"),
  "lxc/release": live("lxc", "starts one that every policy allows, and has all of its events logged until its end"),
  "lxc/reconnect": live("lxc", "leaves a running one alone when the daemon restarts, whatever the policy says by then"),
  "network/start": live("network-events", "does not start one that a policy denies, and tells virsh the reason"),
  "network/started": live(
    "network-events",
    "leaves one up that a policy denies once it is up, as guests may use it by then",
  ),
  "network/updated": live(
    "network-events",
    "starts one that every policy allows, and tells them of its start, its change and its end",
  ),
  "network/stopped": live(
    "network-events",
    "starts one that every policy allows, and tells them of its start, its change and its end",
  ),
  "network/port-created": live("network", "does not start a guest that may not, and tells virsh the reason"),
  "network/port-deleted": live(
    "network-events",
    "tells them of each port with the guest that owns it, when it comes and when it goes",
  ),
  "daemon/start": live(
    "daemon-events",
    "its shutdown, which takes the stamp away, and its start, which makes a new one",
  ),
  "daemon/shutdown": live(
    "daemon-events",
    "its shutdown, which takes the stamp away, and its start, which makes a new one",
  ),
  "daemon/reload": live("daemon-events", "its reload, which the stamp of the installed hook tells as well"),
};
