import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Built, build, type Ended, start } from "../../support/launcher.ts";
import { processesWith, readFile as readProcessFile } from "../../support/process.ts";
import type { Product } from "./product.ts";

/** What a probe is to try; its other members are the attempt's own. */
export interface Attempt {
  readonly attempt: string;
  readonly [parameter: string]: unknown;
}

/** How the hook is called. */
export interface Call {
  /** Words before the launcher, such as `["prlimit", "--core=1000"]`. */
  readonly through?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The guest's name. */
  readonly object?: string;
  /** When to end a hook that hangs, in milliseconds, and how. */
  readonly timeout?: number;
  readonly killSignal?: "SIGKILL";
}

type Started = ReturnType<typeof start>;

/** Builds a bundle of one honest policy with this deadline, in seconds. */
export function buildHonest(deadline: number): Promise<Built> {
  return build({ honest: "void context.domain;" }, `limits: { time: 1s, deadline: ${deadline}s }`);
}

/** Starts a product's hook with any text as the document, for a guest of this name. */
export function startHook(
  { launcher }: Product,
  { bundle }: Built,
  document: string | Uint8Array,
  { through = [], env = {}, object = "web1", ...options }: Call = {},
): Started {
  const words = [...through, launcher, "hook", "--bundle", bundle, "qemu", object, "prepare", "begin", "-"];
  const [program = "", ...rest] = words;
  return start(program, rest, document, { ...options, env: { ...process.env, ...env } });
}

/** Runs a product's hook to its end. */
export function callHook(...words: Parameters<typeof startHook>): Promise<Ended> {
  return startHook(...words).ended;
}

/** The process within the wall that decides about a guest of this name, once it is there. */
export function evaluatorOf(object: string): number | undefined {
  return processesWith(object).find((pid) => readProcessFile(pid, "cmdline").startsWith("/proc/self/fd/6"));
}

/** Has a probe try something, through the hook, and gives what it found. */
export async function probe(product: Product, built: Built, attempt: Attempt, call: Call = {}): Promise<string> {
  const object = uniqueName();
  const ended = await callHook(product, built, JSON.stringify(attempt), { ...call, object });
  assert.equal(ended.status, 0, ended.stderr);
  return foundBy(await lastLine(built, object));
}

/** Has a probe try something, through `eval`, and gives what it found. */
export async function probeByEval(
  { folder, launcher }: Product,
  { bundle }: Built,
  attempt: Attempt,
  { cwd = folder }: Call = {},
): Promise<string> {
  const file = join(folder, "document");
  await writeFile(file, JSON.stringify(attempt));
  const ended = await start(launcher, ["eval", "--json", "--bundle", bundle, file], "", { cwd }).ended;
  assert.equal(ended.status, 0, ended.stdout + ended.stderr);
  return foundBy(ended.stdout);
}

/** The decision log's last line about a guest of this name. */
export async function lastLine({ log }: Built, object = "web1"): Promise<string> {
  const lines = (await readFile(log, "utf8")).split("\n");
  return lines.findLast((line) => line.includes(`"object":"${object}"`)) ?? assert.fail(`${object} is not in ${log}`);
}

/** A guest's name that no other test has. */
export function uniqueName(): string {
  return `guest-${process.pid}-${Math.random().toString(36).slice(2)}`;
}

function foundBy(line: string): string {
  const { findings } = JSON.parse(line) as { findings: readonly { reason: string }[] };
  return findings[0]?.reason ?? "";
}
