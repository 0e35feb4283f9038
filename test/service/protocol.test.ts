import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { startService } from "../../src/service/start-service.ts";
import { makeFolder } from "../support/folder.ts";
import { bundleOf } from "../support/judge.ts";

const page = readFileSync(join(productRoot, "docs/protocol.md"), "utf8");

/** The example's request and answer, as they stand in the page. */
const [, request = "", answer = ""] = /<!-- exchange: .*?```\n(.*?)\n```.*?```\n(.*?)```/s.exec(page) ?? [];

const bundle = await bundleOf(new URL("../../policies/require-seclabel.ts", import.meta.url));
const socket = join(await makeFolder(), "admit.sock");
const service = await startService({ bundle, socket, evaluators: 1 });
after(() => service.stop());
await service.ready;

/** Sends bytes, whole or in pieces, and reads until the listener closes. */
async function exchange(...pieces: readonly string[]): Promise<string> {
  const connection = connect(socket);
  const answered = text(connection);
  for (const piece of pieces) {
    connection.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return (await answered).replace(/^(?:wait\n)*/, "");
}

/** What is another each time, as the page writes it. */
function timeless(record: string): string {
  return record
    .replace(/"time":\d+/, '"time":1767225600000')
    .replace(/"decisionId":"[^"]*"/, '"decisionId":"6e1f0c5b-8f5e-4a55-9d0a-3c1a2b7d9e42"')
    .replaceAll(/"(ms|document|model|contexts|policies|total)":[\d.]+/g, '"$1":0.5')
    .replace(/"bundle":"[0-9a-f]{64}"/, `"bundle":"${"3f1c9a7be0d24c55".repeat(4)}"`)
    .replace(/"skippedLayers":\[[^\]]*\],/, "");
}

test("the page's example is what the listener answers", async () => {
  const record = await exchange(request);
  assert.equal(timeless(record), answer);
});

test("a request may come in any pieces, and its end needs no end of the stream", async () => {
  const [first, ...others] = [request.slice(0, 11), request.slice(11, 60), request.slice(60)];
  assert.equal(timeless(await exchange(first ?? "", ...others)), answer);
});

test("nothing in a document is taken for a part of the protocol", async () => {
  const [header = "", ...rest] = request.split("\n");
  const document = rest.join("\n").replace(/^.*?(?=<)/, "");
  for (const trap of [
    "\nend\n",
    "\nvirt-warden-ask 1 - 1000 - - 4 4 7 5 1 0\n",
    "\nvirt-warden-record 1\nverdict 0\nlog {}\nend\n",
  ]) {
    const trapped = document.replace("</domain>", `<!--${trap.replaceAll("--", "")}--></domain>`);
    const words = header.replace(/\d+$/, String(Buffer.byteLength(trapped)));
    assert.equal(timeless(await exchange(`${words}\nqemulab7preparebegin-${trapped}`)), answer);
  }
});

test("what is no request, and a request of another version, are undecided, with the reason", async () => {
  const cases = [
    ["hello\n", "this is no request"],
    [request.replace(" 1 - ", " 2 - "), "the protocol's version here is 1"],
    ["x".repeat(600), "the header is too long"],
    [`${request}\n`, "more than a request came"],
    ["virt-warden-ask 1 - 1000 - - 4 4 7 5 01 2\nqemulab7preparebegin-<a", "this is no request"],
  ] as const;
  for (const [bytes, reason] of cases) assert.equal(await exchange(bytes), `undecided ${reason}\n`);
});
