/** `npm run docs`: writes the reference, the man page and the shells' completions, from the commands and the typings. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { outputs } from "./outputs.ts";

for (const { file, text } of await outputs()) {
  const path = resolve(import.meta.dirname, "../..", file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`wrote ${file}`);
}
