import * as v from "valibot";
import { definePolicy } from "virt-warden";

/** Where distributions have what libvirt itself takes for the programs that run guests. */
const EMULATORS = [
  ...["/usr/bin/qemu-system-*", "/usr/bin/qemu-kvm", "/usr/bin/kvm", "/usr/bin/kvm-spice", "/usr/libexec/qemu-kvm"],
  ...["/usr/lib/libvirt/libvirt_lxc", "/usr/libexec/libvirt_lxc"],
  ...["/usr/lib/xen/bin/qemu-system-*", "/usr/libexec/xen/bin/qemu-system-*"],
];

const VIRTIOFSD = ["/usr/libexec/virtiofsd", "/usr/lib/virtiofsd", "/usr/lib/qemu/virtiofsd"];

const programs = (usual: readonly string[]) =>
  v.optional(
    v.array(
      v.pipe(
        v.string(),
        v.regex(
          /^\/(?:(?!\.{1,2}\/)[^/*]+\/)*(?!\.{1,2}$)(?:[^/*]+\*?|\*)$/,
          "must be an absolute path such as /usr/bin/qemu-kvm, with * at its end at most",
        ),
      ),
    ),
    usual,
  );

/**
 * A guest's document names programs that the host then runs, some of them as root: its emulator, virtiofsd, the scripts
 * of network interfaces, Xen's boot loader, which reads the guest's disk outside of the guest.
 * @see https://libvirt.org/formatdomain.html#devices
 * @see https://libvirt.org/formatdomain.html#host-bootloader
 * @see https://xenbits.xen.org/xsa/advisory-443.html which tells not to have the host read a guest's disk
 */
export default definePolicy({
  name: "allowed-emulators",
  description: "The host runs listed programs alone for a guest.",
  on: [
    ...(["qemu/prepare", "qemu/migrate", "qemu/restore"] as const),
    ...(["lxc/prepare", "libxl/prepare", "libxl/migrate"] as const),
  ],
  settings: v.strictObject({
    /** Programs that run guests. A `*` at the end stands for the rest of the program's name. */
    emulators: programs(EMULATORS),
    /** Programs that serve shared folders. */
    virtiofsd: programs(VIRTIOFSD),
    /** Scripts of network interfaces, and boot loaders. */
    scripts: programs([]),
  }),
  check({ domain, settings, deny }) {
    const judge = (what: string, path: string | undefined, allowed: readonly string[], at: string) => {
      if (path === undefined || allowed.some((program) => isProgram(path, program))) return;
      deny(`the ${what} ${path} is not allowed; ${allowed.length > 0 ? `use ${allowed[0]}` : "leave it out"}`, { at });
    };
    judge("emulator", domain.devices?.emulator, settings.emulators, "devices/emulator");
    judge("boot loader", domain.bootloader, settings.scripts, "bootloader");
    for (const [index, nic] of (domain.devices?.interface ?? []).entries()) {
      const at = `devices/interface[${index + 1}]`;
      judge("script", nic.script?.path, settings.scripts, `${at}/script/@path`);
      judge("script", nic.downscript?.path, settings.scripts, `${at}/downscript/@path`);
    }
    for (const [index, filesystem] of (domain.devices?.filesystem ?? []).entries()) {
      if (filesystem.type !== undefined && filesystem.type !== "mount") continue;
      const at = `devices/filesystem[${index + 1}]/binary/@path`;
      judge("virtiofsd", filesystem.binary?.path, settings.virtiofsd, at);
    }
  },
});

/** Whether a path is a listed program. */
function isProgram(path: string, program: string): boolean {
  if (!program.endsWith("*")) return path === program;
  const begin = program.slice(0, -1);
  return path.startsWith(begin) && !path.slice(begin.length).includes("/");
}
