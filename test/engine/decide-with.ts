import type { ManifestPolicy } from "../../src/bundle/manifest.ts";
import type { Deadline } from "../../src/engine/deadline.ts";
import { type Answer, decide } from "../../src/engine/decide.ts";
import type { Decision } from "../../src/engine/decision.ts";
import type { Engine, RewriteRun } from "../../src/engine/engine.ts";
import { EngineFailure } from "../../src/engine/engine-failure.ts";
import { hookWords, readInvocation } from "../../src/hook/invocation.ts";
import type { CheckInput, PolicyRun } from "../../src/sandbox/run-policy.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest } from "../support/documents.ts";

/** A policy whose run is given instead of its code. */
export interface Scripted extends Partial<ManifestPolicy> {
  readonly name: string;
  readonly run?: Partial<PolicyRun>;
  /** What it would change; then it rewrites. */
  readonly rewriting?: Partial<RewriteRun>;
}

/** Where and about what is decided. */
export interface Circumstances {
  readonly event?: Event;
  readonly document?: string;
  readonly object?: string;
  readonly spares?: boolean;
  /** Is given what the policies get. */
  readonly seen?: CheckInput[];
  /** Which guests run, as the root side tells; asked for more often, or where none is given, it cannot be read. */
  readonly guests?: string;
  readonly failed?: Engine["failed"];
  readonly deadline?: Deadline;
  readonly onDenial?: Engine["onDenial"];
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
export async function decideWith(policies: readonly Scripted[], circumstances: Circumstances = {}): Promise<Decision> {
  return (await answerWith(policies, circumstances)).decision;
}

/** The same, with the document that the policies make. */
export function answerWith(policies: readonly Scripted[], circumstances: Circumstances = {}): Promise<Answer> {
  const { event = "qemu/prepare", document = guest(), object = "", spares = false } = circumstances;
  const [hook = "", , ...rest] = hookWords(event) ?? [];
  const scripts = new Map(policies.map((policy) => [policy.name, policy]));
  const unread = [circumstances.guests ?? []].flat();
  return decide(readInvocation([hook, object, ...rest]), () => Buffer.from(document), {
    manifest: {
      format: 2,
      policies: policies.map(complete),
      limits: { time: 1000, memory: 2 ** 25, deadline: 10_000 },
      log: "/nowhere",
      code: { bytes: 0, sha256: "" },
    },
    digest: "d1ce",
    run: async ({ name }, input) => {
      circumstances.seen?.push(input);
      return { findings: [], logs: [], ...scripts.get(name)?.run };
    },
    rewrite: async ({ name }, input) => {
      circumstances.seen?.push(input);
      return { edits: [], logs: [], ...scripts.get(name)?.rewriting };
    },
    readGuests: () => {
      const text = unread.pop();
      if (text === undefined) throw new EngineFailure("state", "nobody says which guests run");
      return text;
    },
    failed: circumstances.failed ?? new Map(),
    spares,
    ...(circumstances.deadline && { deadline: circumstances.deadline }),
    ...(circumstances.onDenial && { onDenial: circumstances.onDenial }),
  });
}

function complete({ run: _, rewriting, ...policy }: Scripted): ManifestPolicy {
  return {
    on: ["qemu/prepare"],
    needs: [],
    rewrites: rewriting !== undefined,
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
