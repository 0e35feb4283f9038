import * as v from "valibot";
import {
  type Domain,
  definePolicy,
  type ReleaseReason,
  type RewriteEvent,
  type RunningGuest,
  type XmlElement,
} from "virt-warden";

// Nothing here runs: `tsc -p test/typings` proves what compiles in a policy, and what does not.

/** The host's guests are there for who needs them. */
definePolicy({
  name: "guests",
  needs: ["guests"],
  check({ host, domain, deny }) {
    const guests: readonly RunningGuest[] = host.guests;
    const vcpus: number = guests.reduce((sum, guest) => sum + guest.vcpus, 0);
    const names: readonly string[] = guests.map((guest) => guest.domain.name);
    const total: number = host.cpus + host.memory;
    deny(`${domain.name} ${vcpus} ${names} ${total} ${host.hostname}`);
    // @ts-expect-error a running guest is not to be changed
    host.guests.pop();
    // @ts-expect-error no such member
    guests[0]?.cpus;
  },
});
definePolicy({
  name: "guests-and-secrets",
  on: ["lxc/start", "network/start"],
  needs: ["secrets", "guests"],
  check: ({ host, network, domain, log }) =>
    log.info(`${host.guests.length} ${network?.name} ${domain?.name}`) as undefined,
});
definePolicy({
  name: "secrets",
  needs: ["secrets"],
  check({ host }) {
    // @ts-expect-error they were not asked for
    host.guests;
  },
});
definePolicy({
  name: "needs-nothing",
  check({ host, log }) {
    log.info(host.hostname, { cpus: host.cpus, memory: host.memory });
    // @ts-expect-error they were not asked for
    host.guests;
  },
});
definePolicy({
  name: "unknown-need",
  // @ts-expect-error no such need
  needs: ["guest"],
  check() {},
});
definePolicy({
  name: "need",
  // @ts-expect-error the property is named needs
  need: ["guests"],
  check() {},
});

/** A denial at a running guest is meant, or it is not. */
definePolicy({ name: "kills", on: ["qemu/started", "network/started"], whenRunning: "kill", check() {} });
definePolicy({
  name: "destroys",
  // @ts-expect-error there is nothing else to say
  whenRunning: "destroy",
  check() {},
});
definePolicy({
  name: "when-runing",
  // @ts-expect-error no such member
  whenRuning: "kill",
  check() {},
});

/** `rewrite` sees the events at which libvirt takes a document, and edits. */
definePolicy({
  name: "rewrites",
  settings: v.object({ pool: v.string() }),
  check() {},
  rewrite({ event, operation, edit, domain, xml, settings, host, log, object }) {
    const rewritten: "qemu/migrate" | "qemu/restore" = event;
    const arrives: "migrate" | "restore" = operation;
    const guest: Domain = domain;
    const root: XmlElement = xml;
    edit.setAttribute("devices/disk[1]/source/@file", `${settings.pool}/${guest.name}`);
    edit.setAttribute("devices/graphics/@port", 5900);
    edit.removeAttribute("devices/disk[1]/@snapshot");
    edit.setText("title", object);
    edit.setText("memory", 1024);
    edit.removeElement("devices/watchdog");
    edit.addElement("", { name: "title" });
    edit.addElement("devices", {
      name: "disk",
      attributes: { type: "file", index: 1 },
      children: [{ name: "source", attributes: { file: "/a" } }, "text"],
    });
    log.info(host.hostname, { rewritten, arrives, root: root.name });
    // @ts-expect-error not in the schema
    settings.path;
    // @ts-expect-error a policy that watches no start is not called there
    if (event === "qemu/prepare") edit.setText("title", "x");
    // @ts-expect-error no such edit
    edit.removeText("title");
    // @ts-expect-error a value is needed
    edit.setAttribute("devices/disk[1]/source/@file");
    // @ts-expect-error a value is a text or a number
    edit.setText("title", true);
    // @ts-expect-error an element has a name
    edit.addElement("devices", { attributes: { type: "file" } });
    // @ts-expect-error an attribute's value is a text or a number
    edit.addElement("devices", { name: "disk", attributes: { readonly: true } });
    // @ts-expect-error a document is changed by edits alone
    domain.name = "x";
  },
});
definePolicy({
  name: "rewrites-and-judges",
  check({ deny, ...context }) {
    deny("x");
    // @ts-expect-error a check changes nothing
    context.edit;
  },
  rewrite(context) {
    // @ts-expect-error who rewrites does not judge
    context.deny("x");
    // @ts-expect-error who rewrites does not judge
    context.warn("x");
  },
});
definePolicy({
  name: "rewrites-with-guests",
  on: ["network/start", "qemu/prepare", "libxl/migrate"],
  needs: ["guests"],
  check({ domain, network, host }) {
    // @ts-expect-error not at every event of the list
    domain.name;
    // @ts-expect-error not at every event of the list
    network.name;
    host.guests.length;
  },
  rewrite(context) {
    const event: "libxl/migrate" & RewriteEvent = context.event;
    const hook: "libxl" = context.hook;
    const guest: Domain = context.domain;
    context.edit.setText("title", `${event} ${hook} ${guest.name} ${context.host.guests.length}`);
    // @ts-expect-error a network's document is not rewritten
    context.network;
  },
});
definePolicy({
  name: "never-rewrites",
  on: ["qemu/prepare"],
  check() {},
  rewrite({ event }) {
    const none: never = event;
    return none;
  },
});
definePolicy({
  name: "rewrites-later",
  check() {},
  // @ts-expect-error it would be a promise
  async rewrite() {},
});
definePolicy({
  name: "rewrites-by-value",
  check() {},
  // @ts-expect-error a document is changed by edits alone
  rewrite: ({ domain }) => ({ ...domain, title: "x" }),
});
definePolicy({
  name: "rewrites-typo",
  check() {},
  // @ts-expect-error no such member
  rewrites() {},
});

/** At a release libvirt says why the guest ended. */
definePolicy({
  name: "release",
  on: ["qemu/release", "lxc/release"],
  check({ extra, log }) {
    const reason: ReleaseReason | "-" = extra;
    if (extra === "crashed" || extra === "from snapshot") log.warn(reason);
    // @ts-expect-error no such reason
    if (extra === "crash") log.warn(extra);
  },
});
definePolicy({
  name: "release-among-others",
  on: ["qemu/release", "qemu/prepare"],
  check(context) {
    const text: string = context.extra;
    // @ts-expect-error other events may have anything there
    const reason: ReleaseReason | "-" = context.extra;
    context.log.info(text, { reason });
  },
});
