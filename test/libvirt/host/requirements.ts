import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { NAMESPACES } from "./namespace.ts";
import { PATH } from "./run-program.ts";

/** Every program that a private host runs, and the Debian package that holds it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  libvirtd: "libvirt-daemon-system",
  virtlogd: "libvirt-daemon-system",
  virsh: "libvirt-clients",
  "qemu-system-x86_64": "qemu-system-x86",
  tini: "tini",
  ip: "iproute2",
  setpriv: "util-linux",
  unshare: "util-linux",
  nsenter: "util-linux",
};

const INSTALL =
  "apt-get install --no-install-recommends libvirt-daemon-system libvirt-daemon-driver-qemu libvirt-clients " +
  "qemu-system-x86 tini dnsmasq-base iproute2";

/**
 * Tells why tests with a real libvirt cannot run here: the `skip` option of such tests.
 *
 * @returns What is missing and how to get it; `false` where nothing is.
 * @throws {Error} Where something is missing and `CI` is set: there, these tests must run.
 */
export function missingForLibvirt(): string | false {
  const missing = whatIsMissing();
  if (missing && process.env.CI) throw new Error(`Cannot run the libvirt tests: ${missing}`);
  return missing;
}

function whatIsMissing(): string | false {
  if (process.platform !== "linux" || process.arch !== "x64") return "private hosts need Linux on x86-64";
  if (process.getuid?.() !== 0) return "not root: run them as root, with sudo for example";
  const absent = Object.keys(PROGRAMS).filter((program) => !isInstalled(program));
  if (absent.length > 0) {
    const packages = [...new Set(absent.map((program) => PROGRAMS[program]))];
    return `${absent.join(", ")} not found (in ${packages.join(", ")}): ${INSTALL}`;
  }
  const { status, stderr } = spawnSync("unshare", [...NAMESPACES, "true"], { env: { PATH }, encoding: "utf8" });
  return status === 0 ? false : `no right to make namespaces, as in many a container: ${stderr.trim()}`;
}

function isInstalled(program: string): boolean {
  return PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
