import { UnknownParts } from "../../src/model/unknown-content.ts";
import { buildParts, joinParts, type Part } from "./build-parts.ts";
import { compareModel } from "./compare-model.ts";
import { compileModels } from "./compile-models.ts";
import { explainUnknown } from "./explain-unknown.ts";
import { explain, type Reading, readDocument } from "./read-document.ts";
import { count, type Failure, Tally } from "./tally.ts";
import { findValid } from "./validate.ts";

/** How many files are held in memory and given to a compiler at once. */
const BATCH = 400;

/** A document's models, and whether all was well until they were compiled. */
interface Examined {
  readonly file: string;
  readonly parts: readonly Part[];
  readonly good: boolean;
}

/**
 * Reads documents, compares each with its model, compiles the models and counts.
 *
 * @param schemas The folder of libvirt's schemas to validate the documents with before; without it all should be right.
 * @param progress Told after each batch how many files are done.
 * @throws Error when the compiler or xmllint cannot be run.
 */
export function checkDocuments(
  files: readonly string[],
  schemas: string | undefined,
  progress: (done: number) => void,
): Tally {
  const tally = new Tally();
  for (let start = 0; start < files.length; start += BATCH) {
    checkBatch(files.slice(start, start + BATCH), schemas, tally);
    progress(Math.min(start + BATCH, files.length));
  }
  return tally;
}

function checkBatch(files: readonly string[], schemas: string | undefined, tally: Tally): void {
  const readings = files.map(readDocument);
  tally.files += readings.length;
  const examined = expected(readings, schemas, tally).flatMap((reading) => examine(reading, tally));
  const problems = compileModels(examined.flatMap(({ parts }) => parts));
  let next = 0;
  for (const { file, parts, good } of examined) {
    const own = problems.slice(next, next + parts.length);
    next += parts.length;
    const wrong = own.filter((differences) => differences.length > 0).length;
    tally.compiled += parts.length - wrong;
    tally.notCompiled += wrong;
    tally.failures.push(...own.flat().map((difference) => ({ file, ...difference })));
    if (good && wrong === 0) tally.ok += 1;
  }
}

/** Those that should have a model, the others counted. */
function expected(readings: readonly Reading[], schemas: string | undefined, tally: Tally): Reading[] {
  const candidates = readings.flatMap((reading) =>
    "kind" in reading ? [{ file: reading.file, kind: reading.kind }] : [],
  );
  const valid = schemas === undefined ? undefined : findValid(candidates, schemas);
  return readings.filter((reading) => {
    if (reading.outcome === "skipped") count(tally.skipped, reading.root);
    if (reading.outcome === "unread") tally.unread.push({ file: reading.file, message: reading.reason });
    if (reading.outcome === "skipped" || reading.outcome === "unread") return false;
    if (reading.kind === undefined) return true;
    count(tally.kinds, reading.kind);
    if (valid === undefined || valid.has(reading.file)) return true;
    tally.invalid += 1;
    return false;
  });
}

function examine(reading: Reading, tally: Tally): Examined[] {
  const fail = (failure: Failure) => tally.failures.push(failure);
  const { file } = reading;
  if (reading.outcome === "refused") fail({ file, message: reading.reason });
  if (reading.outcome !== "document") return [];
  const { kind, root } = reading;
  const unknownParts = new UnknownParts();
  let parts: Part[];
  try {
    parts = buildParts(kind, root, unknownParts);
  } catch (error) {
    fail({ file, message: explain(error) });
    return [];
  }
  const { found, missing, differences } = compareModel(root, joinParts(kind, parts));
  tally.found += found;
  tally.missing += missing;
  for (const difference of differences) fail({ file, ...difference });
  const unknown = explainUnknown(unknownParts.content);
  if (unknown.length > 0) tally.unknown += 1;
  for (const message of unknown) fail({ file, message });
  return [{ file, parts, good: differences.length === 0 && unknown.length === 0 }];
}
