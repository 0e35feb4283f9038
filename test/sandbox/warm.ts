import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { decide } from "../../src/engine/decide.ts";
import type { Decision } from "../../src/engine/decision.ts";
import type { Engine } from "../../src/engine/engine.ts";
import { hookWords, readInvocation } from "../../src/hook/invocation.ts";
import { AnonymousFile } from "../../src/sandbox/anonymous-file.ts";
import { type OpenBundle, openBundle } from "../../src/sandbox/open-bundle.ts";
import { remoteDecision } from "../../src/sandbox/remote-decision.ts";
import { RemotePolicies } from "../../src/sandbox/remote-policies.ts";
import type { Event } from "../../typings/events.d.ts";
import { guest } from "../support/documents.ts";

const ADDON = `node_modules/isolated-vm/prebuilds/linux-${process.arch}/isolated-vm.abi147.glibc.node`;

/** A warm evaluator's process, without the wall, and the listener's side of it. */
export class Warm implements AsyncDisposable {
  readonly policies: RemotePolicies;
  readonly #bundle: Bundle;
  readonly #opened: OpenBundle;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  /** @param beside One with which it is to share decisions. */
  constructor(bundle: Bundle, beside?: Warm) {
    this.#bundle = bundle;
    using codeFile = new AnonymousFile(bundle.code);
    using manifestFile = new AnonymousFile(Buffer.from(bundle.manifestText));
    const descriptors = [codeFile, manifestFile].map(({ descriptor }) => openSync(`/proc/self/fd/${descriptor}`, "r"));
    const [code, manifest, addon] = [...descriptors, openSync(at(ADDON), "r")];
    this.#child = spawn(process.execPath, ["--no-node-snapshot", "--jitless", at("dist/warm.cjs"), ""], {
      stdio: ["ignore", "ignore", "inherit", "pipe", code, manifest, "ignore", "ignore", addon],
      env: {},
    });
    for (const descriptor of [code, manifest, addon]) closeSync(descriptor as number);
    this.#ended = new Promise((resolve) => this.#child.once("close", () => resolve()));
    const { manifestText, code: policies, digest } = bundle;
    this.#opened = beside ? beside.#opened : openBundle(Buffer.from(manifestText), policies, digest);
    this.policies = new RemotePolicies(this.#child.stdio[3] as Duplex, this.#opened);
  }

  /** Decides a document as the listener does, with others of the same bundle; rejects where an evaluator goes. */
  async decide(
    document = guest(),
    event: Event = "qemu/prepare",
    { beside = [], confirm }: { readonly beside?: readonly Warm[] } & Pick<Engine, "confirm"> = {},
  ): Promise<Decision> {
    const remotes = [this, ...beside].map(({ policies }) => policies);
    const invocation = readInvocation(hookWords(event) ?? []);
    const decided = decide(invocation, () => Buffer.from(document), {
      manifest: this.#bundle.manifest,
      digest: this.#bundle.digest,
      ...remoteDecision(() => remotes, this.#opened, invocation),
      ...(confirm && { confirm }),
      readGuests: () => "",
      failed: new Map(),
      spares: false,
    });
    const gone = remotes.map(async (remote) => Promise.reject(new Error(`gone: ${await remote.gone}`)));
    return (await Promise.race([decided, ...gone])).decision;
  }

  /** Ends the process at once. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kill();
    await this.#ended;
  }
}

function at(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
