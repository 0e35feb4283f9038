import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The places of a private host that lie on the machine's own file system. */
export interface HostFiles {
  /** The host's folder; what it has of its own of the file tree is under `root` in it. */
  readonly folder: string;
  /** Where on the machine a file of the host lies: `at("/etc/libvirt/hooks/qemu")`. */
  at(path: string): string;
  /** Where the daemon writes its log. */
  readonly log: string;
  /** A folder where QEMU may make sockets. */
  readonly sockets: string;
}

/** Makes a host's folder in the temporary folder, with the daemons' configuration. */
export function makeHostFiles(uuid: string): HostFiles {
  const folder = mkdtempSync(join(tmpdir(), "virt-warden-host-"));
  const files: HostFiles = {
    folder,
    at: (path) => join(folder, "root", path),
    log: join(folder, "libvirtd.log"),
    sockets: join(folder, "sockets"),
  };
  chmodSync(folder, 0o755);
  mkdirSync(files.sockets);
  chmodSync(files.sockets, 0o1777);
  mkdirSync(files.at("/etc/libvirt/hooks"), { recursive: true });
  writeFileSync(files.at("/etc/libvirt/libvirtd.conf"), libvirtdConf(uuid, files.log));
  writeFileSync(files.at("/etc/libvirt/qemu.conf"), QEMU_CONF);
  return files;
}

/** Writes a hook script. */
export function writeHook({ at }: HostFiles, name: string, script: string): void {
  writeFileSync(at(`/etc/libvirt/hooks/${name}`), script, { mode: 0o755 });
}

/** Removes all of a host that has ended. */
export function removeHostFiles({ folder }: HostFiles): void {
  rmSync(folder, { recursive: true, force: true });
}

const libvirtdConf = (uuid: string, log: string) => `host_uuid = "${uuid}"
listen_tls = 0
listen_tcp = 0
auth_unix_rw = "none"
log_outputs = "2:file:${log}"
`;

// the host's whole mount namespace is private: QEMU needs none of its own
const QEMU_CONF = `security_driver = "none"
namespaces = []
`;
