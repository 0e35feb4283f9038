import { readFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { productRoot } from "../src/product.ts";
import type { Tools } from "./tools.ts";

/** What a machine is like, as far as times depend on it, by name. */
export function machine(): Readonly<Record<string, string>> {
  return {
    processor: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    kernel: `Linux ${release()}, ${process.arch}`,
    user:
      process.getuid?.() === 0
        ? "root, as on a host"
        : "not root: without a switch of user and namespaces, and with the launcher to ask the warm evaluator",
  };
}

/** What was measured, and with what, by name. */
export function versions(tools: Tools, client: string): Readonly<Record<string, string>> {
  return {
    "virt-warden": packageVersion(productRoot),
    node: process.versions.node,
    V8: process.versions.v8,
    "isolated-vm": packageVersion(join(productRoot, "node_modules/isolated-vm")),
    client,
    hyperfine: tools.hyperfine,
    libxml2: tools.xmllint,
    python: tools.python,
    lxml: tools.lxml,
  };
}

function packageVersion(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}
