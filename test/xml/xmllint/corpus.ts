import { globSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../corpus/", import.meta.url);

/** The documents of real guests and networks in `test/corpus`, in the order of their names. */
export const CORPUS: readonly Buffer[] = globSync("*/*.xml", { cwd: FOLDER })
  .sort()
  .map((file) => readFileSync(new URL(file, FOLDER)));
