import assert from "node:assert/strict";
import { chmod, cp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { productRoot } from "../../../src/product.ts";
import { makeFolder } from "../../support/folder.ts";

/** A change to a file of `bin/`: what is replaced by what. */
export interface Edit {
  /** `wall.sh` unless given. */
  readonly file?: string;
  readonly from: string;
  readonly to?: string;
}

/** A copy of the product whose evaluator or shell side differs. */
export interface Product {
  readonly folder: string;
  readonly launcher: string;
}

/**
 * Makes a copy of the product that shares its packages.
 *
 * @param evaluator A program in place of the evaluator, beside this file, or `real`.
 * @param edits What to change in `bin/`; each must change something.
 */
export async function makeProduct(evaluator: string, edits: readonly Edit[] = []): Promise<Product> {
  const folder = await makeFolder();
  // only what policies' user may open anyway is theirs to try
  await chmod(folder, 0o755);
  for (const part of ["bin", "dist", "package.json"]) {
    await cp(join(productRoot, part), join(folder, part), { recursive: true });
  }
  await symlink(join(productRoot, "node_modules"), join(folder, "node_modules"));
  if (evaluator !== "real") {
    const program = fileURLToPath(new URL(evaluator, import.meta.url));
    await cp(program, join(folder, "dist/evaluator.cjs"));
    await rm(join(folder, "dist/evaluator.pack"), { force: true });
  }
  for (const { file = "wall.sh", from, to = "" } of edits) {
    const path = join(folder, "bin", file);
    const text = await readFile(path, "utf8");
    assert.ok(text.includes(from), `${file} has no ${from} that could be taken away`);
    await writeFile(
      path,
      text.replaceAll(from, () => to),
    );
  }
  return { folder, launcher: join(folder, "bin/virt-warden") };
}
