import { parseArgs } from "node:util";
import { hasSchemas } from "./validate.ts";

export const USAGE = `Usage: npm run corpus -- [--schemas DIR] [--all] FILE|DIR...

Reads every document of libvirt (domain, network, networkport, hookData) among
the files and, under folders, *.xml. Each must have a model that holds all its
attribute values and texts and nothing else, and that is what its type says;
virt-warden's tables must know all that is in it.

  --schemas DIR  libvirt's schemas: documents that xmllint finds not valid are
                 counted, and not checked; without it all have to be right
  --all          show every failure, and every file that has it
  --help         show this

Links to folders are not followed. Exit status: 0 all is well; 1 something
failed, or there was no document; 64 wrong usage.

Example:
  npm run corpus -- --schemas /usr/share/libvirt/schemas /etc/libvirt/qemu
`;

/** What the command was asked to do. */
export interface Options {
  readonly paths: readonly string[];
  readonly schemas?: string;
  readonly all: boolean;
  readonly help: boolean;
}

/**
 * Reads the command's words.
 *
 * @throws Error that says what is wrong with them.
 */
export function readOptions(words: string[]): Options {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { schemas: { type: "string" }, all: { type: "boolean" }, help: { type: "boolean", short: "h" } },
  });
  const { schemas, all = false, help = false } = values;
  if (!help && positionals.length === 0) throw new Error("Cannot check a corpus: name a file or folder");
  if (schemas !== undefined && !hasSchemas(schemas)) {
    throw new Error(`Cannot check a corpus: ${schemas} holds no domain.rng, network.rng and networkport.rng`);
  }
  return { paths: positionals, all, help, ...(schemas === undefined ? {} : { schemas }) };
}
