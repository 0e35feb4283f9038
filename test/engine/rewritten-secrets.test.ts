import assert from "node:assert/strict";
import { test } from "node:test";
import { stderrLines } from "../../src/hook/stderr-lines.ts";
import { decisionLine } from "../../src/log/decision-line.ts";
import type { Edit } from "../../src/rewrite/edit.ts";
import { guest } from "../support/documents.ts";
import { DENIES, decideWith, fails, type Scripted } from "./decide-with.ts";

const MASK = "********";
const EVENT = "qemu/migrate";
const GRAPHICS = "devices/graphics";

/** A guest with this VNC password. */
const withPassword = (password: string): string =>
  guest(`<devices><graphics type='vnc' port='-1' passwd='${password}'/></devices>`);

/** A policy that sees secrets and makes these edits. */
const seeing = (...edits: readonly Edit[]): Scripted => ({
  name: "seeing",
  on: [EVENT],
  needs: ["secrets"],
  rewriting: { edits },
});

const listenOn = (value: string): Edit => ({ edit: "set-attribute", at: `${GRAPHICS}/@listen`, value });
const add = (name: string): Edit => ({ edit: "add-element", at: GRAPHICS, element: { name } });

/** A policy that sees none, and tells what it finds. */
function telling(text: string): Scripted {
  const run = {
    findings: [{ level: "deny", reason: `listens on ${text}`, at: text }],
    logs: [{ level: "info", message: text, fields: { [text]: text } }],
    failure: { kind: "exception", message: text },
  } as const;
  return { name: "telling", on: [EVENT], run };
}

test("what a policy that sees secrets puts elsewhere comes out of no other's words, nor of what is unknown", async () => {
  const decision = await decideWith([seeing(listenOn("s3cr3t"), add("s3cr3t")), telling("s3cr3t")], {
    event: EVENT,
    document: withPassword("s3cr3t"),
  });
  assert.equal(decision.status, 1);
  const all = JSON.stringify([decision, stderrLines(decision), decisionLine(decision)]);
  assert.ok(!all.includes("s3cr3t"), all);
  assert.equal(decision.findings[0]?.reason, `listens on ${MASK}`);
  assert.match(decision.unknown?.first[0] ?? "", /^graphics\/\*{8} at \d+:\d+$/);
  assert.equal(decision.failures[0]?.message, MASK);
});

test("a name that is cut is a secret's as well", async () => {
  const secret = "s3cr3t".repeat(20);
  const decision = await decideWith([seeing(add(secret))], { event: EVENT, document: withPassword(secret) });
  assert.equal(decision.unknown?.count, 1);
  assert.ok(!JSON.stringify(decision).includes("s3cr3t"));
});

test("a rewritten document that is refused is quoted without the old document's secrets", async () => {
  const number = (value: string): Edit => ({ edit: "set-attribute", at: `${GRAPHICS}/@port`, value });
  const gone = { edit: "remove-attribute", at: `${GRAPHICS}/@passwd` } as const;
  for (const secret of ["s3cr3t", "s3cr3t".repeat(20)]) {
    const decision = await decideWith([seeing(number(secret), gone)], { event: EVENT, document: withPassword(secret) });
    assert.equal(decision.status, 2);
    assert.match(
      decision.failures[0]?.message ?? "",
      /^the rewritten document is refused: .*"\*{8}…?" is not a number/,
    );
    assert.ok(!JSON.stringify(decision).includes("s3cr3t"));
  }
});

test("where no policy that sees secrets changed the document, others' words stay as they are", async () => {
  const changing: Scripted = { name: "blind", on: [EVENT], rewriting: { edits: [listenOn("127.0.0.1")] } };
  const failing = { ...seeing(listenOn("s3cr3t")), run: fails("exception"), onError: "allow" } as const;
  for (const policies of [[changing], [seeing()], [seeing(), changing]]) {
    const decision = await decideWith([...policies, { name: "telling", on: [EVENT], run: DENIES }], {
      event: EVENT,
      document: withPassword("wrong"),
    });
    assert.equal(decision.findings[0]?.reason, "wrong");
  }
  const { findings } = await decideWith(
    [failing, { ...telling("s3cr3t"), run: { findings: [{ level: "warn", reason: "s3cr3t" }] } }],
    {
      event: EVENT,
      document: withPassword("s3cr3t"),
    },
  );
  assert.equal(findings[0]?.reason, "s3cr3t");
});
