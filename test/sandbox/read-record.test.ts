import assert from "node:assert/strict";
import { test } from "node:test";
import { readRecord } from "../../src/sandbox/read-record.ts";
import { documentLine } from "../../src/sandbox/record.ts";

const START = "virt-warden-record 1\npolicy a\n";
const REST = 'stderr virt-warden: warning by a: x\nlog {"status":0}\nend\nended 0\n';

/** What a record with these lines in its middle says. */
function read(...lines: readonly string[]) {
  return readRecord(`${START}${lines.map((line) => `${line}\n`).join("")}${REST}`, "");
}

test("a record may hold a rewritten document, of any size that a document may have", () => {
  for (const text of ["<domain/>", "<a>é</a>", "<a/>  ", "x".repeat(4 << 20)]) {
    const { document, log } = read("verdict 0", documentLine(Buffer.from(text)));
    assert.equal(Buffer.from(document ?? []).toString(), text);
    assert.equal(log, '{"status":0}');
  }
  assert.equal(read("verdict 0").document, undefined);
});

test("a record is none with a document beside a refusal, twice, elsewhere, or in another form", () => {
  const line = documentLine(Buffer.from("<domain/>"));
  const others = [
    ["verdict 1", line],
    ["verdict 3", line],
    ["verdict 0", line, line],
    [line, "verdict 0"],
    ["verdict 0", "stderr virt-warden: warning by a: y", line],
    ["verdict 0", "document "],
    ["verdict 0", "document"],
    ["verdict 0", "document <domain/>"],
    ["verdict 0", `${line}=`],
    ["verdict 0", line.slice(0, -1)],
    ["verdict 0", line.replaceAll("/", "_").replace("PGRv", "PG-v")],
    ["verdict 0", `${line} `],
  ];
  for (const lines of others)
    assert.throws(() => read(...lines), { name: "EngineFailure", code: "evaluator" }, lines.join());
});
