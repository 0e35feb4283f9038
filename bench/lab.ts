import { mkdir, mkdtemp, realpath, rm, stat, writeFile } from "node:fs/promises";
import { arch, tmpdir } from "node:os";
import { join } from "node:path";
import { productRoot } from "../src/product.ts";
import { BenchError } from "./bench-error.ts";
import { guest } from "./documents.ts";
import { installHooks } from "./install-hooks.ts";
import type { Effort, Measuring } from "./measure.ts";
import { policies } from "./policies.ts";
import { runWell } from "./run.ts";
import { Stdin } from "./stdin.ts";
import type { Tools } from "./tools.ts";

/** The product's launcher. */
export const LAUNCHER: string = join(productRoot, "bin/virt-warden");

/** The Node that the product brings. */
export const NODE: string = join(productRoot, `node_modules/node-linux-${arch()}/bin/node`);

/** A bundle in force, and the hook of it, as on a host. */
export interface Site {
  readonly folder: string;
  readonly bundle: string;
  readonly log: string;
  /** Where the script asks first; nobody listens there unless somebody starts a service. */
  readonly socket: string;
  /** The installed script. */
  readonly script: string;
}

/** Where everything is measured: a temporary folder with documents, bundles, hooks and sockets of its own. */
export class Lab implements Measuring {
  readonly folder: string;
  readonly stdin: Stdin;
  readonly tools: Tools;
  readonly isQuick: boolean;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly #sites = new Map<number, Promise<Site>>();

  private constructor(folder: string, stdin: Stdin, options: Pick<Lab, "tools" | "isQuick" | "signal" | "progress">) {
    this.folder = folder;
    this.stdin = stdin;
    this.tools = options.tools;
    this.isQuick = options.isQuick;
    this.signal = options.signal;
    this.progress = options.progress;
  }

  /** Makes the folder. */
  static async make(options: Pick<Lab, "tools" | "isQuick" | "signal" | "progress">): Promise<Lab> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "virt-warden-bench-")));
    return new Lab(folder, await Stdin.make(folder, options.signal), options);
  }

  /** Removes all of it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** What to spend on a measurement. */
  effort(whole: Effort, quick: Effort): Effort {
    return this.isQuick ? quick : whole;
  }

  /** Writes a file, and tells its path. */
  async file(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }

  /** A guest's document of a size in bytes, which every policy allows. */
  document(bytes: number): Promise<string> {
    return this.file(`${bytes}.xml`, guest(bytes));
  }

  /** A bundle of so many policies and its hook; built and installed at the first call. */
  site(count: number): Promise<Site> {
    const made = this.#sites.get(count) ?? this.#makeSite(count);
    this.#sites.set(count, made);
    return made;
  }

  async #makeSite(count: number): Promise<Site> {
    this.progress(`building ${count === 1 ? "a policy" : `${count} policies`}`);
    const folder = join(this.folder, String(count));
    const paths = {
      bundle: join(folder, "bundle"),
      log: join(folder, "decisions.log"),
      socket: join(folder, "admit.sock"),
    };
    const config = join(folder, "virt-warden.yaml");
    await mkdir(join(folder, "policies"), { recursive: true });
    // the largest document takes a cold decision's usual 10 s on a slow machine, and would then be refused, not measured
    await writeFile(config, "log: decisions.log\nlimits: { time: 10s, deadline: 60s }\n");
    for (const [name, source] of Object.entries(policies(count)))
      await writeFile(join(folder, "policies", name), source);
    const hooks = join(folder, "hooks");
    const words = [LAUNCHER, "build", "--config", config, "--out", paths.bundle, "--hooks-dir", hooks];
    await runWell({ words }, this.signal);
    const script = await installHooks({ hooks, ...paths }, this.signal);
    return { folder, script, ...paths };
  }
}

/** Refuses to measure with another Node than the product's, or without what `npm run build` makes. */
export async function checkProduct(): Promise<void> {
  const [own, running] = await Promise.all([realpath(NODE).catch(() => ""), realpath(process.execPath)]);
  if (own !== running) throw new BenchError("this is not the product's own Node; run it with: npm run bench");
  await stat(join(productRoot, "dist/evaluator.cjs")).catch(() => {
    throw new BenchError("dist/ is not there; make it with: npm run build");
  });
}
