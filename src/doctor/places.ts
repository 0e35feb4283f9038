/** Where a host has what is checked. A test has a host of its own. */
export interface Places {
  /** The folder of hook scripts that is looked at. */
  readonly hooksDir: string;
  /** The folder of the bundle that should be in force. */
  readonly bundle: string;
  /** The configuration that the bundle should have come from. */
  readonly config: string;
  /** The folder that libvirt's daemons themselves look for hooks in. */
  readonly daemonHooks: string;
  /** Where the `daemon` hook notes that a daemon has looked for hooks. */
  readonly stamps: string;
  /** There where systemd is the first process. */
  readonly systemd: string;
  readonly proc: string;
  readonly sys: string;
  readonly passwd: string;
  /** Folders with the configuration of logrotate. */
  readonly logrotate: readonly string[];
  /** The folders that the hook's shell side looks for programs in. */
  readonly path: readonly string[];
}

/** The places of a real host. */
export const HOST: Omit<Places, "hooksDir" | "bundle" | "config"> = {
  // compiled into libvirt
  daemonHooks: "/etc/libvirt/hooks",
  stamps: "/run/virt-warden/daemons",
  systemd: "/run/systemd/system",
  proc: "/proc",
  sys: "/sys",
  passwd: "/etc/passwd",
  logrotate: ["/etc/logrotate.conf", "/etc/logrotate.d"],
  path: ["/usr/sbin", "/usr/bin", "/sbin", "/bin"],
};
