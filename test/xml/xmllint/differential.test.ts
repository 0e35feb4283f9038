import assert from "node:assert/strict";
import { test } from "node:test";
import { DocumentError } from "../../../src/xml/document-error.ts";
import { parseXml } from "../../../src/xml/parse.ts";
import type { XmlElement } from "../../../typings/xml.d.ts";
import { generate, mutate } from "./generate.ts";
import { meaningOf } from "./meaning.ts";
import { Random } from "./random.ts";
import { hasXmllint, judge, understand, type Verdict } from "./xmllint.ts";

const SEED = 20_260_101;
const DOCUMENTS = 400;
const INSTALL = "xmllint is missing; install it: apt-get install libxml2-utils";

const skip = hasXmllint() || process.env.CI ? false : INSTALL;

test("libxml2 is there to compare with", { skip }, () => {
  assert.ok(hasXmllint(), INSTALL);
});

test("what is accepted libxml2 accepts too and understands alike, and what else it accepts is refused for a reason", {
  skip,
}, (t) => {
  const random = new Random(SEED);
  const counts = new Map<string, number>();
  for (let count = 0; count < DOCUMENTS; count += 1) {
    const outcome = compare(mutate(random, generate(random)));
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of [...counts].sort()) t.diagnostic(`${count} ${outcome}`);
  assert.ok((counts.get("accepted by both, same meaning") ?? 0) > DOCUMENTS / 5, "too few documents were accepted");
  assert.ok((counts.get("refused by both") ?? 0) > DOCUMENTS / 5, "too few documents were refused");
});

/** Asserts that a document is treated as libxml2 treats it, and names the outcome. */
function compare(document: string): string {
  const verdict = judge(document);
  const read = readOrRefuse(document);
  if (read instanceof DocumentError) {
    if (!verdict.isWellFormed) return "refused by both";
    assert.ok(mayRefuse(read, verdict), `refused as ${read.code} (${read.message}): ${JSON.stringify(document)}`);
    const why = read.code === "malformed" ? "for its names or namespaces" : `for its ${read.code}`;
    return `well-formed, refused ${why}`;
  }
  assert.ok(verdict.isWellFormed, `accepted, but ${verdict.complaints}: ${JSON.stringify(document)}`);
  const understood = understand(document);
  if (understood === undefined) return "accepted by both, no canonical form";
  assert.deepEqual(meaningOf(read), understood, JSON.stringify(document));
  return "accepted by both, same meaning";
}

/** A well-formed document may be refused for what the contract forbids, or where libxml2 reports a namespace error. */
function mayRefuse({ code }: DocumentError, { complaints }: Verdict): boolean {
  if (code === "malformed") return complaints.includes("namespace error");
  return code === "doctype" || code === "processing-instruction" || code === "encoding";
}

function readOrRefuse(document: string): XmlElement | DocumentError {
  try {
    return parseXml(Buffer.from(document));
  } catch (error) {
    if (error instanceof DocumentError) return error;
    throw error;
  }
}
