import { relative, resolve } from "node:path";
import type { Command } from "commander";
import { shellWord } from "../doctor/shell-word.ts";
import { printable } from "../hook/printable.ts";
import { makePolicyFolder } from "../init/make-folder.ts";

const EXAMPLE = `
Writes a configuration, a policy with comments, its test, a sample guest, and a
tsconfig.json with which editors find the types, also where there is no npm.
Files that are there stay as they are.

Example:
  $ virt-warden init ./policies && cd ./policies && virt-warden test`;

/** Adds the command `init`. */
export function registerInit(program: Command): void {
  program
    .command("init")
    .description("make a folder of policies, ready to edit: configuration, a policy, its test, a sample guest")
    .argument("[dir]", "the folder, made where it is missing", ".")
    .addHelpText("after", EXAMPLE)
    .action((dir: string, _options: object, command: Command) => {
      if (dir === "") command.error("error: the folder is empty, as a variable that is not set: name a path");
      init(resolve(dir));
    });
}

function init(folder: string): void {
  const made = makePolicyFolder(folder);
  const shown = relative(process.cwd(), folder);
  const prefix = shown === "" ? "" : `${shown.startsWith("..") ? folder : shown}/`;
  for (const { path, done } of made) console.log(`${done.padEnd(5)}  ${printable(prefix + path)}`);
  const enter = shown === "" ? "" : `cd ${shellWord(prefix.slice(0, -1).replace(/^-/, "./-"))} && `;
  console.log(`\nnext: ${printable(enter)}virt-warden test`);
}
