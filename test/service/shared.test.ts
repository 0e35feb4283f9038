import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { sha256 } from "../../src/bundle/digest.ts";
import { ask, type Reply } from "../../src/service/ask.ts";
import { type Service, startService } from "../../src/service/start-service.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, GUEST, hook } from "../support/launcher.ts";

/** So many that two evaluators share them. */
const POLICIES = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => {
    const denies = index % 9 === 0 ? `context.deny("${index}");` : "";
    const loops = index === 5 ? 'if (context.object === "looped") for (;;);' : "";
    return [`p${String(index).padStart(2, "0")}`, denies + loops];
  }),
);

let built: Built;
let service: Service;
let digest: string;

before(async () => {
  built = await build(POLICIES, "limits: { time: 5s }\n");
  digest = sha256(await readFile(join(built.bundle, "current/manifest.json")));
  const socket = join(await makeFolder(), "run/admit.sock");
  service = await startService({ bundleDir: built.bundle, socket, evaluators: 2 });
  await service.ready;
});
after(() => service.stop());

const words = (object: string): string[] => ["qemu", object, "prepare", "begin", "-"];

function asked(object: string, left = 1000): Promise<Reply> {
  return ask(service.socket, { words: words(object), digest, document: Buffer.from(GUEST), left });
}

test("two evaluators that share many policies say what one process says of all", async () => {
  const { stderr } = await hook(built.bundle, words("web1"), GUEST);
  for (let count = 0; count < 3; count += 1) {
    const reply = await asked("web1");
    assert.ok("record" in reply, JSON.stringify(reply));
    const lines = reply.record.split("\n").filter((line) => line.startsWith("stderr "));
    assert.deepEqual(
      lines.map((line) => line.replace("stderr ", "")),
      stderr.trimEnd().split("\n"),
    );
    assert.equal(lines.length, 5);
  }
});

test("an evaluator that has done its part stays where another's policy takes all the time", async () => {
  assert.match(JSON.stringify(await asked("looped", 50)), /out of time before every policy ran, while policy p\d+ did/);
  assert.match(JSON.stringify(await asked("web1")), /virt-warden-record/);
});
