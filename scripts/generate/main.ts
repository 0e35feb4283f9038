/** `npm run generate`: makes all generated files, from libvirt's schemas or from the description that is kept of them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "./describe.ts";
import type { Description } from "./description/description.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { DESCRIPTION_FILE, outputs } from "./outputs.ts";
import { SCHEMAS } from "./subjects.ts";

const project = join(import.meta.dirname, "../..");

process.exitCode = main(process.argv.slice(2));

function main(words: string[]): number {
  let options: Options;
  try {
    options = readOptions(words);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return 64;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const { texts, unused } = outputs(options.folder === undefined ? kept() : described(options.folder, options));
    for (const key of unused) process.stderr.write(`nothing has the meaning of ${key} in these schemas\n`);
    return options.check ? check(texts) : write(texts);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

function kept(): Description {
  return JSON.parse(readFileSync(join(project, DESCRIPTION_FILE), "utf8"));
}

/** The same schemas are of the same libvirt, where the version is not given. */
function described(folder: string, { version }: Options): Description {
  const description = describe(SCHEMAS, (file) => readFileSync(join(folder, file), "utf8"), version);
  const { libvirt, schemas } = kept();
  const isSame = JSON.stringify(description.schemas) === JSON.stringify(schemas);
  return version === undefined && isSame && libvirt !== undefined ? { libvirt, ...description } : description;
}

function write(texts: ReadonlyMap<string, string>): number {
  for (const [path, text] of texts) {
    writeFileSync(join(project, path), text);
    process.stdout.write(`${path}: ${text.length} characters\n`);
  }
  return 0;
}

function check(texts: ReadonlyMap<string, string>): number {
  const stale = [...texts].filter(([path, text]) => readText(join(project, path)) !== text);
  for (const [path] of stale) process.stderr.write(`${path} is not what would be generated\n`);
  return stale.length === 0 ? 0 : 1;
}

function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
