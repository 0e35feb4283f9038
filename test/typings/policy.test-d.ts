import * as v from "valibot";
import { type Domain, definePolicy, type Event, type Network, type NetworkPort, type XmlElement } from "virt-warden";

// Nothing here runs: `tsc -p test/typings` proves what compiles in a policy, and what does not.

/** Without `on`, a policy watches where guests are let in. */
definePolicy({
  name: "default",
  check({ domain, xml, event, hook, operation, suboperation, extra, object, host, settings, log, warn, deny }) {
    const guest: Domain = domain;
    const root: XmlElement = xml;
    const admission: "qemu/prepare" | "qemu/migrate" | "qemu/restore" = event;
    const texts: readonly string[] = [hook, operation, suboperation, extra, object, host.hostname];
    deny(`${guest.name}: no`, { at: "cpu/@mode" });
    warn("careful");
    log.debug("seen", { root: root.name, admission, texts });
    log.info("a");
    log.warn("b", {});
    log.error("c");
    // @ts-expect-error without a schema there are no settings
    settings.anything.more;
    // @ts-expect-error a guest's event has no network
    settings === log.network;
    // @ts-expect-error not one of the events that are watched by default
    if (event === "qemu/started") warn("x");
    // @ts-expect-error no hook of libvirt's
    if (hook === "quemu") warn("x");
    // @ts-expect-error an operation that is not watched by default
    if (operation === "started") warn("x");
    // @ts-expect-error a reason is a text
    deny(5);
    // @ts-expect-error a reason is needed
    deny();
    // @ts-expect-error a place is an object
    deny("x", "cpu/@mode");
    // @ts-expect-error an XPath is a text
    warn("x", { at: 1 });
    // @ts-expect-error no such level
    log.fatal("x");
    // @ts-expect-error a message comes first
    log.info({ a: 1 });
  },
});

/** Events of ports alone always have one. */
definePolicy({
  name: "ports",
  on: ["network/port-created", "network/port-deleted"],
  check({ port, network, deny }) {
    const owner: string = port.owner.name;
    deny(`${owner} on ${network.name}`);
  },
});

/** The context follows from the events. */
definePolicy({
  name: "guest",
  on: ["lxc/start", "qemu/prepare"],
  check({ domain, event }) {
    const guest: Domain = domain;
    const watched: "lxc/start" | "qemu/prepare" = event;
    // @ts-expect-error libvirt has the operation, this policy does not watch it
    if (watched === "lxc/stopped") return;
    guest.name;
  },
});
definePolicy({
  name: "network",
  on: ["network/start", "network/port-created"],
  check(context) {
    const network: Network = context.network;
    const port: NetworkPort | undefined = context.port;
    // @ts-expect-error not at every event of a network
    const always: NetworkPort = context.port;
    // @ts-expect-error a network's event has no guest
    context.domain;
    context.deny(`${network.name} ${port?.uuid} ${always.uuid}`);
  },
});
definePolicy({
  name: "daemon",
  on: ["daemon/start"],
  check(context) {
    // @ts-expect-error the daemon's events have no document
    context.xml;
    // @ts-expect-error the daemon's events have no document
    context.domain;
    context.log.info(context.host.hostname);
  },
});
definePolicy({
  name: "mixed",
  on: ["qemu/prepare", "network/start", "daemon/start"],
  check({ domain, network, port, xml, deny }) {
    const parts: readonly unknown[] = [domain?.name, network?.name, port?.uuid, xml?.name];
    // @ts-expect-error a network's event has no guest
    domain.name;
    deny(parts.join());
  },
});

/** Events are libvirt's. */
export const events: readonly Event[] = ["qemu/attach", "libxl/migrate", "bhyve/release", "network/updated"];
definePolicy({
  name: "unknown",
  // @ts-expect-error no such operation
  on: ["qemu/begin"],
  check() {},
});
definePolicy({
  name: "elsewhere",
  // @ts-expect-error bhyve has no reconnect
  on: ["bhyve/reconnect"],
  check() {},
});

/** A check is synchronous and gives nothing back. */
definePolicy({ name: "returns-nothing", check: () => undefined });
definePolicy({
  name: "asynchronous",
  // @ts-expect-error it would be a promise
  async check() {},
});
definePolicy({
  name: "promise",
  // @ts-expect-error a promise
  check: () => Promise.resolve(),
});
definePolicy({
  name: "verdict",
  // @ts-expect-error findings are made with deny
  check: ({ domain }) => domain.name !== "x",
});

/** Settings have the type of their schema's output. */
definePolicy({
  name: "settings",
  settings: v.object({ networks: v.optional(v.array(v.string()), []), most: v.pipe(v.string(), v.transform(Number)) }),
  check({ settings, deny }) {
    const networks: string[] = settings.networks;
    const most: number = settings.most;
    // @ts-expect-error not in the schema
    settings.bridges;
    // @ts-expect-error a text before, a number now
    settings.most.length;
    deny(`${networks.length} of ${most}`);
  },
});
definePolicy({
  name: "no-schema",
  // @ts-expect-error not a Standard Schema
  settings: { networks: [] },
  check() {},
});

// @ts-expect-error a name is needed
definePolicy({ check() {} });
// @ts-expect-error a check is needed
definePolicy({ name: "empty" });
definePolicy({
  name: "extra",
  // @ts-expect-error no such member
  onn: ["qemu/prepare"],
  check() {},
});
