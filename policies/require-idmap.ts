import * as v from "valibot";
import { definePolicy } from "virt-warden";

/**
 * Without a map of users and groups root in a container is root on the host: it may do there what no other confinement
 * forbids. A map to the host's own users is hardly better.
 * @see https://libvirt.org/drvlxc.html#user-and-group-isolation
 * @see https://libvirt.org/formatdomain.html#container-boot
 */
export default definePolicy({
  name: "require-idmap",
  description: "Containers' users and groups are none of the host's own.",
  on: ["lxc/prepare"],
  settings: v.strictObject({
    /** The lowest number of a user or group of the host that containers' may be mapped to. */
    lowest: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1000),
  }),
  check({ domain, settings, deny }) {
    for (const kind of ["uid", "gid"] as const) {
      const maps = domain.idmap?.[kind] ?? [];
      if (maps.length === 0) deny(`the container maps no ${kind}, so that its root is the host's`, { at: "idmap" });
      for (const [index, { target }] of maps.entries()) {
        if (target >= settings.lowest) continue;
        deny(`${kind} ${target} is one of the host's own; map to ${settings.lowest} and above`, {
          at: `idmap/${kind}[${index + 1}]/@target`,
        });
      }
    }
  },
});
