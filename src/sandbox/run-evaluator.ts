import { type SpawnOptions, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { buffer, text } from "node:stream/consumers";
import { dataLimit } from "../bundle/launch.ts";
import type { Limits } from "../bundle/manifest.ts";
import { productRoot } from "../product.ts";
import { AnonymousFile } from "./anonymous-file.ts";
import { type EvaluatorRecord, readRecord } from "./read-record.ts";

/** One run of the evaluator, inside the wall. */
export interface EvaluatorRun {
  /** The command and its words; the wall's outer side adds the mode and the policies that failed before. */
  readonly words: readonly string[];
  readonly document: Uint8Array;
  readonly code: Uint8Array;
  readonly manifestText: string;
  readonly limits: Limits;
  /** Whether policies learn which guests run. */
  readonly needsGuests?: boolean;
}

/**
 * Runs the evaluator through `bin/evaluate`, the same wall that a hook has.
 *
 * @throws EngineFailure where the record is not whole.
 */
export async function runEvaluator(run: EvaluatorRun): Promise<EvaluatorRecord> {
  using document = new AnonymousFile(run.document);
  using code = new AnonymousFile(run.code);
  using manifest = new AnonymousFile(Buffer.from(run.manifestText));
  const [command = "", ...words] = run.words;
  const { memory, deadline } = run.limits;
  const options: SpawnOptions = {
    stdio: [document.descriptor, "pipe", "pipe", "ignore", code.descriptor, manifest.descriptor],
  };
  const limits = [
    String(dataLimit(memory)),
    String(Math.ceil(deadline / 10)),
    run.needsGuests === true ? "guests" : "-",
  ];
  const child = spawn("/bin/sh", [join(productRoot, "bin/evaluate"), ...limits, command, ...words], options);
  const closed = new Promise<void>((resolve, reject) => child.once("close", () => resolve()).once("error", reject));
  const [output, complaint] = await Promise.all([
    buffer(child.stdout as Readable),
    text(child.stderr as Readable),
    closed,
  ]);
  return readRecord(output.toString(), complaint);
}
