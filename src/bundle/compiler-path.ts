import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { productRoot } from "../product.ts";

/**
 * The TypeScript compiler's executable: that of the package for this platform, which `typescript` depends on.
 *
 * @throws {Error} when the package is not installed.
 * @see https://www.npmjs.com/package/typescript (lib/getExePath.js)
 */
export function compilerPath(): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  try {
    const typescript = createRequire(join(productRoot, "package.json")).resolve("typescript/package.json");
    return join(dirname(createRequire(typescript).resolve(`${platform}/package.json`)), "lib", "tsc");
  } catch (cause) {
    const message = `Cannot type-check policies: ${platform} is not installed; install virt-warden with optional packages`;
    throw new Error(message, { cause });
  }
}
