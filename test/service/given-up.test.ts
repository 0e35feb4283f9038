import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { readBundle } from "../../src/bundle/read-bundle.ts";
import { ask } from "../../src/service/ask.ts";
import { BundleSource, type Look } from "../../src/service/bundle-source.ts";
import { holdSocket } from "../../src/service/hold-socket.ts";
import { Supervisor } from "../../src/service/supervisor.ts";
import { makeFolder } from "../support/folder.ts";
import { build, GUEST } from "../support/launcher.ts";
import { waitFor } from "../support/process.ts";

const WORDS = ["qemu", "web1", "prepare", "begin", "-"];

/** A bundle's folder that holds what a test says. */
class Source extends BundleSource {
  there: Bundle;

  constructor(there: Bundle) {
    super("/nowhere");
    this.there = there;
  }

  override async look(): Promise<Look> {
    return { bundle: this.there };
  }

  override watch(): void {}
}

async function bundleThatSays(reason: string): Promise<Bundle> {
  return readBundle((await build({ one: `context.deny("${reason}")` })).bundle);
}

/** Asks while this process stands still, and hears nothing of its listener. */
function askedMeanwhile(socket: string): string {
  const module = new URL("../../src/service/ask.ts", import.meta.url).href;
  const question = `{ words: ${JSON.stringify(WORDS)}, digest: "-", document: Buffer.from(${JSON.stringify(GUEST)}), left: 1000 }`;
  const program = `import { ask } from "${module}"; console.log(JSON.stringify(await ask("${socket}", ${question})))`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }).stdout;
}

test("a bundle that is taken back while it comes into force leaves the one before deciding", async () => {
  const [first, second] = [await bundleThatSays("first"), await bundleThatSays("second")];
  const socket = join(await makeFolder(), "admit.sock");
  const held = await holdSocket(socket);
  const source = new Source(first);
  const options = { socket, descriptor: held.descriptor, skippedLayers: [], evaluators: 1 };
  const supervisor = new Supervisor(first, source, options, () => {});
  try {
    await waitFor(() => supervisor.state.ready || undefined);
    source.there = second;
    await supervisor.look();
    assert.equal(supervisor.evaluatorPids.length, 2);
    // the evaluator is let go meanwhile
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const end = Date.now() + 20_000; !askedMeanwhile(socket).includes("denied by one: second"); )
      assert.ok(Date.now() < end, "the second bundle did not come into force");
    source.there = first;
    await supervisor.look();
    let answer = "";
    for (const end = Date.now() + 20_000; !answer.includes("denied by one: first") && Date.now() < end; ) {
      const question = { words: WORDS, digest: first.digest, document: Buffer.from(GUEST), left: 1000 };
      answer = JSON.stringify(await ask(socket, question).catch((error: Error) => error.message));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.match(answer, /denied by one: first/);
    assert.equal(supervisor.state.digest, first.digest);
  } finally {
    await supervisor.stop();
    await held.release();
  }
});
