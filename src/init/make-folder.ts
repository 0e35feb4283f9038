import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { productRoot } from "../product.ts";
import { UserError } from "../user-error.ts";
import { editorConfiguration } from "./editor-configuration.ts";

/** Where the files lie that each new folder gets. */
const TEMPLATES = join(productRoot, "templates");

/** What was done with a file. */
export interface MadeFile {
  /** Relative to the folder. */
  readonly path: string;
  /** A file that was there stays as it is. */
  readonly done: "wrote" | "kept";
}

/**
 * Makes a folder of policies, ready to edit. Nothing that is there is changed, so that it can be called again for a file
 * that was deleted.
 *
 * @param folder its absolute path; it is made where it is missing.
 * @returns each file, in the order in which they are read best.
 * @throws {UserError} where one cannot be written; those before it are there then.
 */
export function makePolicyFolder(folder: string): readonly MadeFile[] {
  const texts = new Map(templates().map((path) => [path, (): string => readFileSync(join(TEMPLATES, path), "utf8")]));
  texts.set("tsconfig.json", () => editorConfiguration(folder));
  return [...texts].map(([path, text]) => ({ path, done: writeNew(join(folder, path), text()) }));
}

/** The templates' files; the checkout's own tsconfig.json among them is made anew for each folder. */
function templates(): readonly string[] {
  return readdirSync(TEMPLATES, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(TEMPLATES.length + 1))
    .sort((a, b) => a.split("/").length - b.split("/").length || a.localeCompare(b));
}

function writeNew(file: string, text: string): MadeFile["done"] {
  try {
    if (existsSync(file)) return "kept";
    makeFolder(dirname(file));
    // never through a link that somebody else puts there meanwhile
    writeFileSync(file, text, { flag: "wx" });
    return "wrote";
  } catch (error) {
    throw new UserError([{ file, message: `cannot be written: ${(error as Error).message}` }]);
  }
}

/** One by one: Node's own `recursive` never ends where a file system such as /proc takes no folder. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
