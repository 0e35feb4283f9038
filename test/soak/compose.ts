import { randomUUID } from "node:crypto";
import type { Exemption, ManifestPolicy } from "../../src/bundle/manifest.ts";
import type { Event } from "../../typings/events.d.ts";
import { type GuestDocument, randomDocument } from "./documents.ts";
import { BAD, COSTLY, GOOD, type PoolPolicy } from "./pool.ts";
import { Random } from "./random.ts";

/** A policy of the pool in a bundle. */
export interface Member extends Pick<ManifestPolicy, "mode" | "onError" | "exempt" | "on"> {
  readonly policy: PoolPolicy;
}

/** One decision of the soak. */
export interface Trial {
  /** From 0, over the whole run. */
  readonly index: number;
  /** Through the hook, as libvirt calls it, or in the soak's own process. */
  readonly way: "hook" | "process";
  readonly event: Event;
  /** The guest's name, which no other decision has. */
  readonly guest: string;
  readonly uuid: string;
  readonly document: GuestDocument;
}

/** Decisions by one bundle. */
export interface Batch {
  readonly members: readonly Member[];
  readonly trials: readonly Trial[];
}

/** How many decisions one bundle makes. */
export const BATCH = 5;

/** Marks this run's guests. */
export const TAG = `soak-${process.pid}-${randomUUID().slice(0, 8)}`;

const ADMISSIONS: readonly Event[] = ["qemu/prepare", "qemu/migrate", "qemu/restore"];
const OTHERS: readonly Event[] = ["qemu/start", "qemu/started", "qemu/reconnect", "qemu/stopped"];
const EVENTS = [...ADMISSIONS, ...ADMISSIONS, ...ADMISSIONS, ...OTHERS];
const WATCHED: readonly (readonly Event[])[] = [ADMISSIONS, ["qemu/prepare"], [...ADMISSIONS, ...OTHERS]];

const EXEMPT_UUID = "5c3ad2f4-4f0a-4d5a-9f0e-6f4d0a1f2b3c";
const EXEMPTIONS: readonly Exemption[] = [
  { domain: "*-ci", reason: "runners of our own" },
  { domain: "soak-*-ci", reason: "runners, for long", expires: "2999-12-31" },
  { domain: "*-ci", reason: "runners, long ago", expires: "2020-01-31" },
  { domain: "nobody-*", reason: "of another host" },
  { uuid: EXEMPT_UUID.toUpperCase(), reason: "a known guest" },
];

/** The index of the decision about a guest of this run. */
export function decisionOf(guest: string): number | undefined {
  const [tag, rest] = [guest.slice(0, TAG.length), guest.slice(TAG.length)];
  const index = tag === TAG ? /^-([0-9]+)(?:-|$)/.exec(rest)?.[1] : undefined;
  return index === undefined ? undefined : Number(index);
}

/** Composes a batch: the same one for a seed and an index, but for the tag in its guests' names. */
export function compose(seed: number, index: number): Batch {
  const random = new Random(`${seed}/${index}`);
  const policies = [
    ...random.some(GOOD, 1 + random.below(4)),
    ...random.some(BAD, random.percent(55) ? 1 + random.below(2) : 0),
    ...random.some(COSTLY, random.percent(5) ? 1 + random.below(2) : 0),
  ];
  const members = random.some(policies, policies.length).map((policy) => randomMember(random, policy));
  const trials = Array.from({ length: BATCH }, (_, place) => randomTrial(random, index * BATCH + place));
  return { members, trials };
}

function randomMember(random: Random, policy: PoolPolicy): Member {
  return {
    policy,
    mode: random.percent(70) ? "enforce" : random.pick(["warn", "audit", "off"] as const),
    onError: random.percent(30) ? "allow" : "deny",
    exempt: random.percent(25) ? random.some(EXEMPTIONS, 1 + random.below(2)) : [],
    on: random.pick(WATCHED),
  };
}

function randomTrial(random: Random, index: number): Trial {
  const marks = `${random.percent(30) ? "-marked" : ""}${random.percent(30) ? "-ci" : ""}`;
  const guest = `${TAG}-${index}${marks}`;
  const uuid = random.percent(30) ? EXEMPT_UUID : "0d6f1c52-9f0f-4b5e-8f57-2f4c64c3a1d7";
  return {
    index,
    way: random.percent(50) ? "hook" : "process",
    event: random.pick(EVENTS),
    guest,
    uuid,
    document: randomDocument(random, guest, uuid),
  };
}
