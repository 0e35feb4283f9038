import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, test } from "node:test";
import { sha256 } from "../../src/bundle/digest.ts";
import { ask, type Question, requestBytes } from "../../src/service/ask.ts";
import { type Service, startService } from "../../src/service/start-service.ts";
import { comparable } from "../support/comparable.ts";
import { guest } from "../support/documents.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, GUEST, hook } from "../support/launcher.ts";
import { stateFile } from "../support/private-run.ts";

const POLICIES = {
  denies: 'if (context.object === "denied") context.deny("not this one", { at: "name" });',
  warns: 'if (context.object === "warned") { context.warn("careful"); context.log.info("seen", { a: 1 }); }',
  throws: 'if (context.object === "thrown") throw new RangeError("oh");',
  loops: 'if (context.object === "looped") for (;;);',
  fills: 'if (context.object === "filled") { const all = []; for (;;) all.push(new Array(100_000).fill(1.5)); }',
  counts: `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "counts", on: ["qemu/migrate"], needs: ["guests"], check({ host, deny }) { if (host.guests.length > 0) deny("crowded"); } });`,
};

const call = (object: string): string[] => ["qemu", object, "prepare", "begin", "-"];

let built: Built;
let service: Service;
let digest: string;

before(async () => {
  built = await build(POLICIES, "limits: { time: 1s }\n");
  digest = sha256(await readFile(join(built.bundle, "current/manifest.json")));
  const socket = join(await makeFolder(), "run/admit.sock");
  service = await startService({ bundleDir: built.bundle, socket, evaluators: 1, decisions: 50 });
  await service.ready;
});
after(() => service.stop());

const question = (object: string, more: Partial<Question> = {}): Question => ({
  words: call(object),
  digest,
  document: Buffer.from(GUEST),
  left: 1000,
  ...more,
});

/** A decision's verdict, lines on stderr and line in the log, by the service. */
async function warm(object: string, document = GUEST): Promise<unknown> {
  const reply = await ask(service.socket, question(object, { document: Buffer.from(document) }));
  assert.ok("record" in reply, JSON.stringify(reply));
  const lines = reply.record.split("\n");
  const of = (key: string): string[] =>
    lines.filter((line) => line.startsWith(key)).map((line) => line.slice(key.length));
  return { status: Number(of("verdict ")[0]), stderr: of("stderr "), log: comparable(of("log ")[0] ?? "") };
}

/** The same by a process of its own. */
async function cold(object: string, document = GUEST): Promise<unknown> {
  const { status, stderr } = await hook(built.bundle, call(object), document);
  const log = (await readFile(built.log, "utf8")).trimEnd().split("\n").at(-1) ?? "";
  return { status, stderr: stderr.split("\n").filter(Boolean), log: comparable(log) };
}

/** Sends bytes and reads what is answered. */
async function exchange(bytes: string | Uint8Array, end = false): Promise<string> {
  const socket = connect({ path: service.socket, allowHalfOpen: true });
  socket.write(bytes);
  if (end) socket.end();
  return (await text(socket)).replace(/^(?:wait\n)*/, "");
}

describe("the service and a process of its own say the same", () => {
  for (const object of ["web1", "denied", "warned", "thrown", "looped"]) {
    test(`of a guest that is ${object}`, async () => {
      assert.deepEqual(await warm(object), await cold(object));
    });
  }

  test("of documents that are refused", async () => {
    for (const document of ["", "<domain>", "<!DOCTYPE a><domain/>", `${GUEST}x`, "<network/>", "\u{0}"]) {
      assert.deepEqual(await warm("web1", document), await cold("web1", document), document);
    }
  });

  test("of documents of all lengths", async () => {
    for (const kib of [100, 500, 700, 1000]) {
      const document = GUEST.replace("</domain>", `<description>${"x".repeat(kib * 1024)}</description></domain>`);
      assert.deepEqual(await warm("denied", document), await cold("denied", document), `${kib} KiB`);
    }
  });

  test("of words that are no call of libvirt's", async () => {
    const reply = await ask(service.socket, question("web1", { words: ["qemu", "web1", "explode", "begin", "-"] }));
    assert.match(JSON.stringify(reply), /unknown-operation/);
  });
});

/** Asks until the service decides: an evaluator may just be replaced. */
async function answered(object: string, more: Partial<Question> = {}): Promise<string> {
  for (const end = performance.now() + 10_000; performance.now() < end; ) {
    const reply = await ask(service.socket, question(object, more));
    if ("record" in reply) return reply.record;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("the service did not come to decide");
}

test("a policy that takes all memory is judged, or left to the asker, and the next decision is as ever", async () => {
  await answered("web1");
  const reply = await ask(service.socket, question("filled"));
  if ("record" in reply) assert.match(reply.record, /"policy":"fills","kind":"memory"/);
  else assert.match(reply.undecided, /the evaluator is gone/);
  assert.match(await answered("denied"), /^verdict 1$/m);
});

test("time that ran out is said in the same words", async () => {
  await answered("web1");
  const reply = await ask(service.socket, question("looped", { left: 25 }));
  assert.match(JSON.stringify(reply), /out of time before every policy ran, while policy \w+ did/);
  assert.match(await answered("denied"), /^verdict 1$/m);
});

test("what is not a whole request is undecided", async () => {
  const whole = requestBytes(question("web1"));
  assert.equal(await exchange(whole.subarray(0, -1), true), "undecided half a request came\n");
  assert.equal(await exchange("", true), "undecided half a request came\n");
  const long = `virt-warden-ask 1 - 1000 - - 4 4 7 5 1 ${2 ** 20 + 1}\n`;
  assert.equal(await exchange(long), "undecided the document is too large\n");
});

test("a policy that needs the running guests has them from the asker, and else is left to it", async () => {
  const words = ["qemu", "web1", "migrate", "begin", "-"];
  const state = stateFile(guest("", "other").replace("4dea22b3", "00000001"));
  const guests = `/run/libvirt/qemu/other.xml\n${state.replaceAll(/^/gm, "|").replace(/\|$/, "")}`;
  assert.match(await answered("web1", { words, guests: "" }), /^verdict 0$/m);
  assert.match(await answered("web1", { words, guests }), /^stderr virt-warden: denied by counts: crowded$/m);
  assert.deepEqual(await ask(service.socket, question("web1", { words })), {
    undecided: "the running guests are missing",
  });
});

test("slow writers, those that go away and thousands that say nothing keep nobody from an answer", async () => {
  const slow = connect(service.socket);
  for (const byte of requestBytes(question("web1")).subarray(0, 50)) slow.write(Buffer.of(byte));
  const leaving = connect(service.socket);
  await once(leaving, "connect");
  leaving.end(requestBytes(question("web1"))).destroy();
  const idle: Socket[] = [];
  while (idle.length < 10_000) {
    const some = Array.from({ length: 100 }, () => connect(service.socket).on("error", () => {}));
    // where more wait than may, some are refused
    await Promise.allSettled(some.map((socket) => once(socket, "connect")));
    idle.push(...some.filter(({ errored }) => errored === null));
  }
  assert.match(await answered("denied"), /^verdict 1$/m);
  for (const socket of [...idle, slow]) socket.destroy();
});

test("many at once are all decided, in more decisions than one evaluator makes", async () => {
  const records = await Promise.all(
    Array.from({ length: 120 }, (_, index) => answered(index % 2 === 0 ? "denied" : "web1")),
  );
  for (const [index, record] of records.entries()) {
    assert.match(record, index % 2 === 0 ? /^verdict 1$/m : /^verdict 0$/m);
  }
});
