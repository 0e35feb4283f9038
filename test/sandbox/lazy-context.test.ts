import assert from "node:assert/strict";
import { test } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import { parseXml } from "../../src/xml/parse.ts";
import type { Domain } from "../../typings/domain.d.ts";
import { guest } from "../support/documents.ts";
import { runAttempts } from "./attempts.ts";

type Data = Record<string, unknown> & { -readonly [K in keyof Domain]: Domain[K] };

/** What a policy may do to a part of its context, and what that shows; each with a context of its own. */
const OPERATIONS: Readonly<Record<string, (domain: Data) => unknown>> = {
  reads: (domain) => [domain.name, domain.cpu, domain.devices?.disk, domain.title, domain.toString()],
  "reads-twice": (domain) => [isSame(domain, "devices"), isSame(domain.devices, "disk")],
  keys: (domain) => [Object.keys(domain), Reflect.ownKeys(domain.devices ?? {})],
  "keys-after-reading": (domain) => [
    domain.devices?.disk.length,
    Object.keys(domain),
    Object.keys(domain.devices ?? {}),
  ],
  "for-in": (domain) => {
    const keys = [];
    for (const key in domain.devices) keys.push(key);
    return keys;
  },
  in: (domain) => ["cpu" in domain, "title" in domain, "toString" in domain, Object.hasOwn(domain, "toString")],
  stringifies: (domain) => JSON.stringify(domain).length,
  spreads: (domain) => {
    const copy = { ...domain, name: "copy" };
    return [Object.keys(copy), copy.name, domain.name, copy.devices === domain.devices];
  },
  "takes-the-rest": ({ name, devices, ...rest }) => [name, devices === undefined, Object.keys(rest)],
  describes: (domain) => [
    Object.getOwnPropertyDescriptor(domain, "name"),
    Object.getOwnPropertyDescriptor(domain, "x"),
  ],
  assigns: (domain) => {
    domain.name = "other";
    domain.extra = [1];
    return [domain.name, domain.extra, Object.keys(domain).at(-1), JSON.stringify(domain).includes('"other"')];
  },
  "assigns-over-an-unread-part": (domain) => {
    domain.devices = undefined as never;
    return [domain.devices, "devices" in domain, Object.keys(domain)];
  },
  deletes: (domain) => {
    const isDone = Reflect.deleteProperty(domain, "devices");
    return [isDone, domain.devices, "devices" in domain, Object.keys(domain)];
  },
  defines: (domain) => {
    Object.defineProperty(domain, "name", { get: () => "got", configurable: true });
    return [domain.name, Object.keys(domain)];
  },
  freezes: (domain) => {
    const isSet = Reflect.set(Object.freeze(domain), "name", "other");
    return [isSet, domain.name, Object.isFrozen(domain), isSame(domain, "devices"), domain.cpu];
  },
  seals: (domain) => {
    const isSet = Reflect.set(Object.seal(domain), "name", "other");
    return [isSet, domain.name, Object.isSealed(domain), Reflect.deleteProperty(domain, "name"), "extra" in domain];
  },
  "prevents-extensions": (domain) => {
    Object.preventExtensions(domain);
    return [
      Reflect.set(domain, "extra", 1),
      Reflect.set(domain, "name", "other"),
      domain.name,
      Object.isExtensible(domain),
    ];
  },
  inherits: (domain) => {
    const heir = Object.create(domain) as Data;
    heir.name = "heir";
    return [heir.name, domain.name, heir.cpu, Object.keys(heir), heir.devices === domain.devices];
  },
  "has-a-prototype": (domain) => {
    const before = Object.getPrototypeOf(domain) === Object.prototype;
    Object.setPrototypeOf(domain, { own: "inherited" });
    return [before, domain.own, domain.name, Object.keys(domain).length];
  },
  "compares-and-shows": (domain) => [`${domain}`, typeof domain, Array.isArray(domain), [domain].includes(domain)],
  "copies-deeply": (domain) => JSON.stringify(JSON.parse(JSON.stringify(domain.devices))),
};

const devices = `<devices><disk type='file' device='disk'><source file='/a'/><target dev='vda'/></disk>
  <interface type='network'><source network='default'/></interface></devices>`;
/** Whether a member is the same at each reading. */
const SAME = "const isSame = (object, key) => [object[key]].includes(object[key]);";
declare function isSame(object: object | undefined, key: string): boolean;
Object.assign(globalThis, { isSame: (object: Data, key: string) => [object[key]].includes(object[key]) });

const document = guest(`<cpu mode='host-model'/><features><acpi/></features>${devices}`);

test("a context's parts are like plain data, whatever a policy does to them", async () => {
  const calls = Object.entries(OPERATIONS).map(([name, operation]) => [
    name,
    `${SAME} warn(JSON.stringify((${operation})(context.domain)));`,
  ]);
  const { of, decision } = await runAttempts(Object.fromEntries(calls), undefined, document);
  assert.deepEqual(decision.failures, []);
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const plain = JSON.parse(JSON.stringify(buildModel(parseXml(Buffer.from(document)), "domain"))) as Data;
    assert.deepEqual(of(name).warnings, [JSON.stringify(operation(plain))], name);
  }
});

test("a part that is read late is what the document says, whatever the policy did to the language's functions", async () => {
  const { of } = await runAttempts(
    {
      tampers: `
        const wrong = () => { throw new Error("called"); };
        const accessor = { __proto__: null, get: undefined, set: wrong, configurable: true };
        for (const name of ["value", "get", "set", "0", "1", "2", "3"]) Object.defineProperty(Object.prototype, name, accessor);
        JSON.parse = String.prototype.slice = Array.prototype[Symbol.iterator] = Reflect.apply = wrong;
        warn(context.domain.devices.disk[0].source.file + " " + context.xml.name);`,
      "calls-back": `
        Object.defineProperty(Object.prototype, "missing", { get() { return this === context.domain; } });
        warn(String(context.domain.missing));`,
    },
    undefined,
    document,
  );
  assert.deepEqual(of("tampers").warnings, ["/a domain"]);
  assert.deepEqual(of("calls-back").warnings, ["true"]);
});

test("a size knows its unit in whatever part it is, also when it is read late", async () => {
  const unit = `const unit = (size) => size?.[Symbol.for("virt-warden.unit")];`;
  const { of } = await runAttempts(
    {
      late: `${unit} delete Array.prototype.push;
        const { features, devices: { disk: [first], shmem: [memory] } } = context.domain;
        warn([unit(features.smm.tseg), unit(memory.size), unit(first.driver.metadata_cache.max_size), unit(context.domain.memory)].join());`,
    },
    undefined,
    guest(`<features><smm state='on'><tseg unit='MiB'>48</tseg></smm></features><devices>
      <disk type='file'><driver name='qemu'><metadata_cache><max_size>1</max_size></metadata_cache></driver><source file='/a'/></disk>
      <shmem name='a'><size>4</size></shmem></devices>`),
  );
  assert.deepEqual(of("late").warnings, ["MiB,bytes,bytes,"]);
});
