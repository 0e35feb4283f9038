import { spawnSync } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "./folder.ts";

const ARCH = process.arch === "arm64" ? "arm64" : "x64";

/** What a hook call needs of the product. */
const PARTS = ["bin", "dist", `node_modules/node-linux-${ARCH}/bin`, "node_modules/isolated-vm/prebuilds"];

/**
 * Copies what a hook call needs into a folder of mode 0700 that belongs to a user.
 *
 * @returns The copy's launcher.
 */
export async function copyProduct(uid: number): Promise<string> {
  const folder = await makeFolder();
  for (const part of PARTS) {
    await mkdir(dirname(join(folder, part)), { recursive: true });
    await cp(join(productRoot, part), join(folder, part), { recursive: true });
  }
  const { status } = spawnSync("chown", ["-R", `${uid}:${uid}`, folder]);
  if (status !== 0) throw new Error(`cannot give ${folder} to user ${uid}`);
  return join(folder, "bin/virt-warden");
}
