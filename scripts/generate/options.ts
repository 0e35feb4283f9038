import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run generate -- [--check] [--version TEXT] [SCHEMA_DIR]

Makes the typings, the tables that documents are read with, and the sandbox's
library from the description in scripts/generate/libvirt.generated.json. With
the folder of libvirt's RELAX NG schemas, makes the description anew first.

  --version TEXT  libvirt's version, which the schemas do not say
  --check         write nothing; say which files would change
  --help          this text

Exit status: 0 done, or nothing would change; 1 not; 64 wrong usage.

Examples:
  npm run generate
  npm run generate -- --version 12.8.0 /usr/share/libvirt/schemas
`;

/** What the command's words say. */
export interface Options {
  readonly help: boolean;
  readonly check: boolean;
  readonly version?: string;
  /** The folder of libvirt's schemas. */
  readonly folder?: string;
}

/**
 * Reads the command's words.
 *
 * @throws Error with one line for wrong usage.
 */
export function readOptions(args: string[]): Options {
  const options = {
    check: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
    version: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [folder, ...others] = positionals;
  if (others.length > 0) throw new Error(`Cannot generate from ${positionals.length} folders: name one`);
  if (values.version !== undefined && !/^[\w.+-]+$/.test(values.version)) {
    throw new Error(`Cannot use the version ${JSON.stringify(values.version)}: it is letters, digits, dots, + and -`);
  }
  if (folder === undefined && values.version !== undefined) {
    throw new Error("Cannot tell a version without schemas: name their folder");
  }
  if (folder !== undefined && !existsSync(join(folder, "domain.rng"))) {
    throw new Error(`Cannot generate: ${folder} holds no domain.rng; name the folder of libvirt's schemas`);
  }
  return { ...values, ...(folder !== undefined && { folder }) };
}
