import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Built, type Ended, start } from "../../support/launcher.ts";
import type { Product } from "./product.ts";
import { callHook, uniqueName } from "./run-probe.ts";

/** What one run of the fake evaluator does. */
export interface Run {
  /** Texts of bytes, and how often each is written. */
  readonly write: readonly (readonly [text: string, times: number])[];
  /** `abort`, `wait` for ever, or a signal to itself; else it ends by itself. */
  readonly end?: string;
}

/** Runs by `MODE SUSPECT FAILED`, with `-` for none; `*` is any other. */
export type Runs = Readonly<Record<string, Run>>;

/** One run that writes a text, whatever the wall's outer side says. */
export function always(text: string, end?: string): Runs {
  return { "*": { write: [[text, 1]], ...(end === undefined ? {} : { end }) } };
}

/** The decision that a whole record of the tests carries, with this status. */
export function logOf(status: number): object {
  const decision = status === 0 ? "allow" : "deny";
  return { event: "qemu/prepare", object: "web1", decision, status, findings: [], failures: [], policies: [] };
}

/** A whole record. */
export function recordOf(status: number, ...lines: readonly string[]): string {
  const words = ["virt-warden-record 1", "policy a", "policy b", `verdict ${status}`, ...lines];
  return `${words.join("\n")}\nlog ${JSON.stringify(logOf(status))}\nend\n`;
}

/** The hook's answer to what a fake evaluator writes. */
export function hookBy(product: Product, built: Built, runs: Runs): Promise<Ended> {
  // far beyond every deadline of these tests
  return callHook(product, built, JSON.stringify(runs), { timeout: 60_000, killSignal: "SIGKILL" });
}

/** The answer of `eval`: its status, and its object. */
export async function evalBy(
  { folder, launcher }: Product,
  { bundle }: Built,
  runs: Runs,
): Promise<{ status: number | null; error?: { code: string; message: string } }> {
  const file = join(folder, uniqueName());
  await writeFile(file, JSON.stringify(runs));
  const { status, stdout } = await start(launcher, ["eval", "--json", "--bundle", bundle, file]).ended;
  return { ...(JSON.parse(stdout) as object), status };
}
