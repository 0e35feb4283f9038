/** All that a policy's test imports: `virt-warden test` runs `*.test.ts` in the sandbox that policies run in. */
import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { Event } from "./events.js";
import type { Host, Need, Policy } from "./policy.js";
import type { Edits } from "./rewrite.js";

/** What a test may return: nothing, or the verdict that it ends with. Never a promise: tests are synchronous. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing is what most tests are
export type TestResult = Verdict | undefined | void;

/** Names a test, in at most 300 characters, and runs it. A test that asserts nothing fails. */
export declare function test(name: string, run: () => TestResult): void;

/**
 * A table of cases: a test for each, named `NAME: KEY`.
 *
 * @example
 * ```ts
 * testEach("the CPU mode", { "host-model": guest("<cpu mode='host-model'/>"), "none": guest() }, (document) =>
 *   judge(policy, document).allowed(),
 * );
 * ```
 */
export declare function testEach<const Case>(
  name: string,
  cases: Readonly<Record<string, Case>>,
  run: (each: Case, key: string) => TestResult,
): void;

/** What of the minimal guest is to be otherwise. */
export interface GuestOptions {
  /** `web1` unless given. */
  readonly name?: string;
  readonly uuid?: string;
  /** The domain's type; `kvm` unless given. */
  readonly type?: string;
}

/**
 * A minimal guest's document: name, UUID, 2 GiB of memory, two vCPUs, x86_64 on q35. The namespaces of `qemu:`, `lxc:`,
 * `xen:` and `bhyve:` are declared.
 *
 * @param parts Child elements of `domain`, as XML; one whose name the minimal guest has as well takes that one's place.
 * @example
 * ```ts
 * guest("<memory unit='GiB'>64</memory><devices><interface type='bridge'><source bridge='br0'/></interface></devices>")
 * ```
 */
export declare function guest(parts?: string, options?: GuestOptions): string;

/**
 * What libvirt tells the network hook: a minimal network named `default`, and with `port` that port of it.
 *
 * @param parts Child elements of `network`, as XML; one whose name the minimal network has takes that one's place.
 * @param port Child elements of `networkport`, as XML, in the same way; `""` for the minimal port, of the guest `web1`.
 */
export declare function network(parts?: string, port?: string): string;

/**
 * A document with changes, by the edits that policies' `rewrite` has too.
 *
 * @example
 * ```ts
 * changed(web1, (edit) => edit.setAttribute("cpu/@mode", "host-passthrough"))
 * ```
 */
export declare function changed(document: string, change: (edit: Edits) => void): string;

/** Another guest of the host, for policies that count them: its document, or more about it. */
export type TestGuest =
  | string
  | {
      readonly document: string;
      /** The hook that its events have; `qemu` unless given. */
      readonly hook?: "qemu" | "lxc" | "libxl" | "bhyve";
      /** Whether it is being started; false unless given. */
      readonly starting?: boolean;
    };

/** The host that decides: what is not given is a host of 16 CPUs and 64 GiB, named `host1`, with no guest running. */
export interface TestHost extends Partial<Host> {
  readonly guests?: readonly TestGuest[];
}

/** How a document comes to be judged. */
export interface CallOptions<E extends Event = Event> {
  /** `qemu/prepare` where that is watched, else the first event that is. */
  readonly event?: E;
  /** libvirt's third and fourth argument; what libvirt passes at that event, or `-`. */
  readonly suboperation?: string;
  readonly extra?: string;
  readonly host?: TestHost;
  /** When it is decided, as `2026-01-31T12:00:00Z`; `context.now` and exemptions go by it. */
  readonly now?: string;
}

/** How one policy judges. */
export interface JudgeOptions<E extends Event, S> extends CallOptions<E> {
  /** What the schema takes, or `configured` for what `virt-warden.yaml` gives this policy. Without it, the defaults. */
  readonly settings?: (S extends StandardSchemaV1 ? StandardSchemaV1.InferInput<S> : never) | "configured";
}

/**
 * Has one policy judge a document: by the real engine, within the configuration's budgets, in mode `enforce` and without
 * exemptions.
 *
 * @param policy A policy file's default export; the file must be one of the configuration's policies.
 */
export declare function judge<E extends Event, S extends StandardSchemaV1 | undefined, N extends Need>(
  policy: Policy<E, S, N>,
  document: string,
  options?: JudgeOptions<NoInfer<E>, S>,
): Verdict;

/** Has all policies judge a document, with the configuration's settings, modes and exemptions: as the hook would. */
export declare function judgeAll(document: string, options?: CallOptions): Verdict;

/**
 * Asserts that a policy's schema refuses settings, as `build` would; with a third argument, that its messages hold it.
 *
 * @example
 * ```ts
 * settingsRefused(policy, { bridges: "br0" }, "settings.bridges");
 * ```
 */
export declare function settingsRefused(
  policy: Pick<Policy, "name">,
  settings: unknown,
  expected?: string | RegExp,
): void;

/** What is expected of a finding: a part of its reason, a pattern of it, or more. */
export type ExpectedFinding =
  | string
  | RegExp
  | { readonly policy?: string; readonly reason?: string | RegExp; readonly at?: string };

/** What is expected of a failure: a part of its message, a pattern of it, or more. */
export type ExpectedFailure =
  | string
  | RegExp
  | {
      readonly policy?: string;
      readonly kind?: "timeout" | "memory" | "exception" | "invalid";
      readonly message?: string | RegExp;
    };

/** A finding of a policy. */
export interface Finding {
  readonly policy: string;
  readonly level: "deny" | "warn";
  readonly mode: "enforce" | "warn" | "audit";
  readonly reason: string;
  readonly at?: string;
  readonly exempt?: { readonly reason: string; readonly expires?: string };
}

/** A policy that could not judge. */
export interface Failure {
  readonly policy: string;
  readonly kind: "timeout" | "memory" | "exception" | "invalid";
  readonly message: string;
}

/** A message that a policy logged. */
export interface LoggedMessage {
  readonly policy: string;
  readonly level: "debug" | "info" | "warn" | "error";
  readonly message: string;
  readonly fields?: unknown;
}

/** What was decided. Each method asserts, and gives the verdict back, so that one can follow another. */
export interface Verdict {
  readonly decision: "allow" | "deny";
  /** 0 allowed, 1 denied by a policy, 2 refused since a policy failed, 3 refused since the document could not be judged. */
  readonly status: 0 | 1 | 2 | 3;
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly logs: readonly LoggedMessage[];
  /** Why the document could not be judged. */
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly column?: number;
  };
  /** The document as policies rewrote it; missing where they did not, or where it is refused. */
  readonly document?: string;
  /** Asserts that the event is allowed: status 0. Warnings, and findings that do not bind, may be there. */
  allowed(): Verdict;
  /** Asserts that the event is denied by policies; with arguments, that the denials that bind are these, in their order. */
  denied(...expected: readonly ExpectedFinding[]): Verdict;
  /** Asserts that policies warned; with arguments, that the warnings, and denials in mode `warn`, are these, in their order. */
  warned(...expected: readonly ExpectedFinding[]): Verdict;
  /** Asserts that exemptions took denials' effect away; with arguments, that these are the denials, in their order. */
  exempted(...expected: readonly ExpectedFinding[]): Verdict;
  /** Asserts that a policy failed, or that the document could not be judged. */
  failed(expected?: ExpectedFailure): Verdict;
  /** Asserts that policies rewrote the document to this one, or with a pattern, to one that matches it. */
  rewritten(expected: string | RegExp): Verdict;
}

/** Asserts that two values are alike, by JSON's means: objects member for member, arrays item for item. */
export declare function equal(actual: unknown, expected: unknown): void;

/** Asserts that a condition holds. */
export declare function ok(condition: unknown, message?: string): asserts condition;
