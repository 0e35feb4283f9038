import { EngineFailure } from "../engine/engine-failure.ts";
import { RECORD_END, RECORD_START } from "./record.ts";

/** What an evaluator's whole record says. */
export interface EvaluatorRecord {
  /** JSON of what policies say of themselves. */
  readonly described?: string;
  /** JSON of a decision, as the decision log has it. */
  readonly log?: string;
  /** The document as policies rewrote it; missing where they changed nothing. */
  readonly document?: Uint8Array;
}

/** A whole record, as `bin/outcome.sh` takes it as well: one verdict, or one description, and nothing beside it. */
const RECORD = new RegExp(
  `^${RECORD_START}\n(?:(?:policy|timeout|memory|denied) .*\n)*` +
    `(?:described (?<described>.*)\n|verdict (?:[0-3]|0\ndocument (?<document>.+))\n(?<stderr>(?:stderr virt-warden: .*\n){0,20})log (?<log>\\{.*\\})\n)` +
    `${RECORD_END}\nended \\d+\n$`,
);

/** In UTF-16 units, which are no more than bytes. */
const MAX_STDERR = 4096;

/** All but line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\0-\t\v-\u001f\u007f]/;

/**
 * Reads what `bin/evaluate` prints.
 *
 * @param complaint Its stderr.
 * @throws EngineFailure where that is no whole record.
 */
export function readRecord(output: string, complaint: string): EvaluatorRecord {
  const { groups } = RECORD.exec(output) ?? {};
  const { stderr = "", document, ...texts } = groups ?? {};
  const isBounded = stderr.replaceAll(/^stderr /gm, "").length <= MAX_STDERR;
  const bytes = document === undefined ? undefined : Buffer.from(document, "base64");
  const isWhole = groups !== undefined && isBounded && !CONTROL.test(output);
  // Node leaves out what is no base64
  if (isWhole && bytes?.toString("base64") === document) return { ...texts, ...(bytes && { document: bytes }) };
  const [, code, why] = /^failure (\w+) (.*)$/m.exec(output) ?? [];
  if ((code === "deadline" || code === "state") && why !== undefined) throw new EngineFailure(code, why);
  const detail = complaint.split("\n").find((line) => /error:|cannot|denied|failed|unrecognized|invalid/i.test(line));
  const words = [why ?? "the evaluator gave no whole record", ...(detail === undefined ? [] : [`(${detail.trim()})`])];
  throw new EngineFailure("evaluator", words.join(" "));
}
