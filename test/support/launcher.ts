import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "./folder.ts";

/** How a launched program ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const LAUNCHER: string = join(productRoot, "bin/virt-warden");

/** A guest that every policy of the tests understands. */
export const GUEST =
  "<domain type='kvm'><name>web1</name><uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid>" +
  "<memory unit='KiB'>65536</memory><os><type arch='x86_64'>hvm</type></os></domain>";

/** Starts a program with a text on stdin. */
export function start(
  program: string,
  words: readonly string[],
  stdin: string | Uint8Array | "open" = "",
  options: SpawnOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(program, words, { ...options, stdio: "pipe" });
  // a program may end without reading what it was given
  child.stdin?.on("error", () => {});
  if (stdin !== "open") child.stdin?.end(stdin);
  const ended = Promise.all([
    new Promise<number | null>((resolve, reject) => child.once("close", resolve).once("error", reject)),
    text(child.stdout as Readable),
    text(child.stderr as Readable),
  ]).then(([status, stdout, stderr]) => ({ status, stdout, stderr }));
  return { child, ended };
}

/** Runs virt-warden to its end. */
export function run(words: readonly string[], stdin: string | Uint8Array = ""): Promise<Ended> {
  return start(LAUNCHER, words, stdin).ended;
}

/** Calls the hook as libvirt would, at `qemu/prepare` unless other words are given. */
export function hook(
  bundle: string,
  words: readonly string[] = ["qemu", "web1", "prepare", "begin", "-"],
  stdin: string | Uint8Array = GUEST,
): Promise<Ended> {
  return run(["hook", "--bundle", bundle, ...words], stdin);
}

/** A bundle built by the command from policies' sources, with its log beside it. */
export interface Built {
  readonly folder: string;
  readonly bundle: string;
  readonly config: string;
  readonly log: string;
}

/**
 * Builds a bundle.
 *
 * @param policies Policies' sources by name; each is the body of its `check(context)`, or a whole file.
 * @param configuration More lines of virt-warden.yaml.
 */
export async function build(policies: Readonly<Record<string, string>>, configuration = ""): Promise<Built> {
  const files = Object.entries(policies).map(([name, source]) => [`policies/${name}.ts`, wholeFile(name, source)]);
  const folder = await makeFolder({
    "virt-warden.yaml": `log: decisions.log\n${configuration}`,
    ...Object.fromEntries(files),
  });
  const built = {
    folder,
    bundle: join(folder, "bundle"),
    config: join(folder, "virt-warden.yaml"),
    log: join(folder, "decisions.log"),
  };
  const { status, stderr } = await run(["build", "--config", built.config, "--out", built.bundle]);
  if (status !== 0) throw new Error(`cannot build the test's policies: ${stderr}`);
  return built;
}

function wholeFile(name: string, source: string): string {
  if (source.includes("definePolicy")) return source;
  return `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "${name}", check(context) {\n${source}\n} });\n`;
}
