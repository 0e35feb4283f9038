import type { SpawnOptions } from "node:child_process";
import { type Built, build, type Ended, GUEST, LAUNCHER, start } from "../../support/launcher.ts";

/** A guest that {@link buildNoBad} denies. */
export const BAD: string = GUEST.replace("web1", "bad");

/** What the hook says of it, with the line's end. */
export const DENIAL = "virt-warden: denied by no-bad: bad guests do not start (at name)\n";

/** Builds a bundle of one honest policy, which denies guests named `bad`, with default limits unless others are given. */
export function buildNoBad(configuration = ""): Promise<Built> {
  const source = 'if (context.domain.name === "bad") context.deny("bad guests do not start", { at: "name" });';
  return build({ "no-bad": source }, configuration);
}

/** A hook call that ended, and how long it took. */
export interface Timed extends Ended {
  readonly seconds: number;
}

/** What can differ from the usual call. */
export interface CallOptions {
  readonly document?: string | Uint8Array | "open";
  readonly launcher?: string;
  readonly words?: readonly string[];
  readonly spawn?: SpawnOptions;
}

/**
 * Calls the hook from a shell that did something first.
 *
 * @param script Ends where the hook is to be called, or calls it itself as `"$@"`.
 */
export function callAfter(script: string, bundle: string, options: CallOptions = {}): Promise<Timed> {
  return timed("sh", ["-c", withCall(script), "sh", ...callOf(bundle, options)], options);
}

/** Calls the hook on a host whose mounts a script changed, out of sight of this one; needs root. */
export function callOn(script: string, bundle: string, options: CallOptions = {}): Promise<Timed> {
  return timed("unshare", ["--mount", "sh", "-c", withCall(script), "sh", ...callOf(bundle, options)], options);
}

/** Calls the hook through a program, such as `prlimit --nofile=8`. */
export function callThrough(program: readonly string[], bundle: string, options: CallOptions = {}): Promise<Timed> {
  const [first = "env", ...words] = program;
  return timed(first, [...words, ...callOf(bundle, options)], options);
}

/** The words of a hook call, the launcher among them. */
export function callOf(bundle: string, options: CallOptions = {}): string[] {
  const { launcher = LAUNCHER, words = ["qemu", "web1", "prepare", "begin", "-"] } = options;
  return [launcher, "hook", "--bundle", bundle, ...words];
}

function withCall(script: string): string {
  return script.includes('"$@"') ? script : `${script}\nexec "$@"`;
}

async function timed(program: string, words: readonly string[], options: CallOptions): Promise<Timed> {
  const started = performance.now();
  // ends a hook that hangs, with all that it started, so that the test says so
  const call = ["-s", "KILL", "90", program, ...words];
  const ended = await start("timeout", call, options.document ?? GUEST, options.spawn).ended;
  return { ...ended, seconds: (performance.now() - started) / 1000 };
}
