import * as v from "valibot";
import { definePolicy } from "virt-warden";

/**
 * Memory that several guests have in common, or a guest and a program of the host, is a way from one to the other that
 * no network sees: whoever writes there can attack what reads it.
 * @see https://libvirt.org/formatdomain.html#shared-memory-device
 * @see https://www.qemu.org/docs/master/system/devices/ivshmem.html
 */
export default definePolicy({
  name: "allowed-shared-memory",
  description: "Guests share listed memory alone.",
  settings: v.strictObject({
    /** Names of shared memory. */
    names: v.optional(v.array(v.string()), []),
    /** Sockets of servers that libvirt does not choose itself. */
    servers: v.optional(v.array(v.pipe(v.string(), v.startsWith("/", "must be an absolute path"))), []),
  }),
  check({ domain, settings, deny }) {
    for (const [index, { name, server }] of (domain.devices?.shmem ?? []).entries()) {
      const at = `devices/shmem[${index + 1}]`;
      if (!settings.names.includes(name)) deny(`shared memory ${name} is not allowed`, { at: `${at}/@name` });
      if (server?.path !== undefined && !settings.servers.includes(server.path)) {
        deny(`the server ${server.path} is not allowed; leave its path to libvirt`, { at: `${at}/server/@path` });
      }
    }
  },
});
