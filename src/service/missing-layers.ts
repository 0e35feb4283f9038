import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { productRoot } from "../product.ts";

/** The layers of the wall that this host cannot give, as the hook finds them. */
export async function missingLayers(): Promise<readonly string[]> {
  const env = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" };
  const { stdout } = await promisify(execFile)("/bin/sh", [join(productRoot, "bin/serve-layers")], { env });
  return stdout.trim().split(" ").filter(Boolean);
}
