import * as v from "valibot";
import { type Domain, definePolicy } from "virt-warden";

/**
 * What Linux takes as a network device's name.
 * @see dev_valid_name in Linux' net/core/dev.c
 */
const name = v.pipe(
  v.string(),
  v.regex(/^(?!\.{1,2}$)[^\s/:]{1,15}$/, "must be a network device's name of up to 15 characters, such as br0"),
);

/**
 * For hosts whose bridges have different names: guests that come from the others are connected to the one here. A bridge
 * is renamed wherever an interface names it: as the bridge that it is plugged into, as the device that a `direct` or a
 * `user` interface sends through, and as the bridge of a libvirt network, which libvirt reports of running guests.
 * @see https://libvirt.org/hooks.html#qemu-guest-migration
 */
export default definePolicy({
  name: "rename-bridge",
  description: "Guests that come from other hosts are connected to the bridges that this host has.",
  on: ["qemu/migrate", "qemu/restore", "libxl/migrate"],
  settings: v.strictObject({
    /** New names by old ones. */
    bridges: v.pipe(
      v.optional(v.record(name, name), {}),
      v.check(
        (bridges) => !Object.values(bridges).some((to) => Object.hasOwn(bridges, to)),
        "must give no bridge a name that another one had",
      ),
    ),
  }),
  rewrite({ domain, settings, edit }) {
    for (const { at, to } of renamed(domain, settings.bridges)) edit.setAttribute(at, to);
  },
  check({ domain, settings, deny }) {
    for (const { at, from, to } of renamed(domain, settings.bridges)) {
      deny(`the bridge ${from} has another name on this host: ${to}`, { at });
    }
  },
});

/** What an interface of any type may be connected by. */
interface Connected {
  readonly source?: { readonly bridge?: string; readonly dev?: string };
}

/** Where the guest's interfaces name a bridge by an old name. */
function renamed(domain: Domain, bridges: Readonly<Record<string, string>>) {
  const names = new Map(Object.entries(bridges));
  return (domain.devices?.interface ?? []).flatMap((nic, index) => {
    const { source = {} } = nic as Connected;
    return (["bridge", "dev"] as const).flatMap((attribute) => {
      const from = source[attribute] ?? "";
      const to = names.get(from);
      return to === undefined ? [] : { at: `devices/interface[${index + 1}]/source/@${attribute}`, from, to };
    });
  });
}
