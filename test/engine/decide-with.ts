import type { ManifestPolicy } from "../../src/bundle/manifest.ts";
import { decide } from "../../src/engine/decide.ts";
import type { Decision } from "../../src/engine/decision.ts";
import { hookWords, readInvocation } from "../../src/hook/invocation.ts";
import type { CheckInput, PolicyRun } from "../../src/sandbox/run-policy.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest } from "../support/documents.ts";

/** A policy whose run is given instead of its code. */
export interface Scripted extends Partial<ManifestPolicy> {
  readonly name: string;
  readonly run?: Partial<PolicyRun>;
}

/** Where and about what is decided. */
export interface Circumstances {
  readonly event?: Event;
  readonly document?: string;
  readonly object?: string;
  readonly spares?: boolean;
  /** Is given what the policies get. */
  readonly seen?: CheckInput[];
}

/** One denial. */
export const DENIES: Partial<PolicyRun> = { findings: [{ level: "deny", reason: "wrong" }] };

/** One warning. */
export const WARNS: Partial<PolicyRun> = { findings: [{ level: "warn", reason: "odd" }] };

/** A failure of this kind, with nothing found before it. */
export function fails(kind: "timeout" | "memory" | "exception" | "invalid"): Partial<PolicyRun> {
  return { failure: { kind, message: `a ${kind}` } };
}

/** Decides with policies whose runs are given: what is looked at is how runs are weighed. */
export function decideWith(policies: readonly Scripted[], circumstances: Circumstances = {}): Promise<Decision> {
  const { event = "qemu/prepare", document = guest(), object = "", spares = false } = circumstances;
  const [hook = "", , ...rest] = hookWords(event) ?? [];
  const runs = new Map(policies.map(({ name, run }) => [name, run]));
  return decide(readInvocation([hook, object, ...rest]), () => Buffer.from(document), {
    manifest: {
      format: 1,
      policies: policies.map(complete),
      limits: { time: 1000, memory: 2 ** 25, deadline: 10_000 },
      log: "/nowhere",
      code: { bytes: 0, sha256: "" },
    },
    digest: "d1ce",
    run: async ({ name }, input) => {
      circumstances.seen?.push(input);
      return { findings: [], logs: [], ...runs.get(name) };
    },
    failed: new Map(),
    spares,
  });
}

function complete({ run: _, ...policy }: Scripted): ManifestPolicy {
  return {
    on: ["qemu/prepare"],
    file: `${policy.name}.ts`,
    offset: 0,
    length: 0,
    mode: "enforce",
    onError: "deny",
    settings: {},
    exempt: [],
    ...policy,
  };
}
