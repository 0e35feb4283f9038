import type { Host } from "../../typings/policy.d.ts";
import type { CallOptions, TestGuest } from "../../typings/test.d.ts";
import type { Manifest } from "../bundle/manifest.ts";
import type { Engine } from "../engine/engine.ts";
import { hookWords, type Invocation, readInvocation } from "../hook/invocation.ts";
import { TestFault } from "./test-fault.ts";

const HOST: Host = { hostname: "host1", cpus: 16, memory: 64 * 2 ** 30 };
const KEYS: readonly string[] = ["event", "suboperation", "extra", "host", "now", "settings"];
const HOST_KEYS: readonly string[] = [...Object.keys(HOST), "guests"];
const HOOKS: readonly string[] = ["qemu", "lxc", "libxl", "bhyve"];

/** What a test's options say of a decision. */
export interface TestCall extends Required<Pick<Engine, "host" | "readGuests">>, Pick<Engine, "time"> {
  readonly invocation: Invocation;
}

/**
 * Reads the options of `judge` and `judgeAll`.
 *
 * @param policies Those that are to judge.
 * @throws {TestFault} where one is none, or says nothing that can be.
 */
export function readCallOptions(given: Readonly<Record<string, unknown>>, policies: Manifest["policies"]): TestCall {
  refuseUnknown(given, KEYS, "judge()");
  const options = given as CallOptions;
  const { guests = [], ...facts } = options.host ?? {};
  refuseUnknown({ ...options.host }, HOST_KEYS, "judge(): host");
  const host = { ...HOST, ...facts };
  for (const key of ["hostname", "cpus", "memory"] as const) {
    if (typeof host[key] !== typeof HOST[key]) throw new TestFault(`judge(): host.${key} is no ${typeof HOST[key]}`);
  }
  if (!Array.isArray(guests)) throw new TestFault("judge(): host.guests is no list");
  const guestsText = guests.map(guestText).join("");
  const time = options.now === undefined ? undefined : timeOf(options.now);
  return {
    invocation: invocationOf(options, policies),
    host,
    readGuests: () => guestsText,
    ...(time === undefined ? {} : { time }),
  };
}

function invocationOf({ event, suboperation, extra }: CallOptions, policies: Manifest["policies"]): Invocation {
  const watched = policies.flatMap(({ on }) => on);
  const chosen = event ?? (watched.includes("qemu/prepare") ? "qemu/prepare" : (watched[0] ?? "qemu/prepare"));
  const words = hookWords(chosen);
  if (event !== undefined && policies.length === 1 && !watched.includes(chosen)) {
    throw new TestFault(`judge(): the policy does not watch ${event}; it watches ${watched.join(", ")}`);
  }
  if (words === undefined) throw new TestFault(`judge(): ${JSON.stringify(chosen)} is no event of libvirt's`);
  const [hook = "", object = "", operation = "", usual = "", last = ""] = words;
  return readInvocation([hook, object, operation, suboperation ?? usual, extra ?? last]);
}

function timeOf(text: unknown): number {
  const time = typeof text === "string" ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw new TestFault(`judge(): now is no time such as "2026-01-31T12:00:00Z": ${JSON.stringify(text)}`);
}

/** A guest as the root side gives it, see `guestFiles`: of one that runs its state file, else the document. */
function guestText(guest: TestGuest, index: number): string {
  const { document, hook = "qemu", starting = false } = typeof guest === "string" ? { document: guest } : { ...guest };
  if (typeof document !== "string" || !HOOKS.includes(hook)) {
    throw new TestFault(`judge(): host.guests[${index}] is no guest: a document, or { document, hook, starting }`);
  }
  // libvirt writes no declaration within a state file
  const text = document.replace(/^\s*<\?xml[^>]*\?>/, "").trim();
  const lines = starting ? text : `<domstatus>\n  ${text.replace(/<\/domain>$/, "\n  </domain>")}\n</domstatus>`;
  const path = starting ? `/run/virt-warden/starts/${hook}.${index}` : `/run/libvirt/${hook}/${index}.xml`;
  return `${path}\n${lines
    .split("\n")
    .map((line) => `|${line}\n`)
    .join("")}`;
}

function refuseUnknown(given: Readonly<Record<string, unknown>>, known: readonly string[], what: string): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new TestFault(`${what} has no option ${unknown}; it has ${known.join(", ")}`);
}
