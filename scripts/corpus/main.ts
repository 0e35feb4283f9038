/** `npm run corpus`: whether virt-warden's models hold all that the documents of any folder say, and are what their types say. */
import { checkDocuments } from "./check-documents.ts";
import { findFiles } from "./find-files.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { formatReport } from "./report.ts";
import { showProgress } from "./show-progress.ts";
import type { Tally } from "./tally.ts";

const OK = 0;
const FAILED = 1;
const WRONG_USAGE = 64;

process.exitCode = main(process.argv.slice(2));

function main(words: string[]): number {
  let options: Options;
  let files: string[];
  try {
    options = readOptions(words);
    files = findFiles(options.paths);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return WRONG_USAGE;
  }
  if (!options.help) return check(files, options);
  process.stdout.write(USAGE);
  return OK;
}

function check(files: readonly string[], { schemas, all }: Options): number {
  const start = performance.now();
  let tally: Tally;
  try {
    tally = checkDocuments(files, schemas, (done) => showProgress(done, files.length));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return FAILED;
  }
  process.stdout.write(formatReport(tally, (performance.now() - start) / 1000, all));
  if (tally.ok > 0 && tally.failures.length === 0) return OK;
  if (tally.failures.length === 0)
    process.stderr.write("Cannot say that all is well: there was no document to check\n");
  return FAILED;
}
