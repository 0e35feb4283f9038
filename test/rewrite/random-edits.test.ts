import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyEdits, type EditedDocument } from "../../src/rewrite/apply-edits.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { meaningOf } from "./meaning.ts";
import { anyText, type Case, cases, contradicts, plainText } from "./random-edits.ts";
import { editedText, withoutAdded } from "./reference.ts";

/** What applying the edits gives; passes the run by where they contradict each other. */
function result({ document, root, edits }: Case): EditedDocument {
  try {
    return applyEdits(document, root, edits);
  } catch (error) {
    if (contradicts(error)) fc.pre(false);
    throw error;
  }
}

test("whatever is edited in whatever document, it means what it meant and what the edits say", () => {
  const property = fc.property(cases(anyText), (each) => {
    const { bytes, root } = result(each);
    const all = each.edits.flatMap(({ edits }) => edits);
    assert.deepEqual(root, parseXml(bytes));
    assert.deepEqual(meaningOf(root), meaningOf(each.root, all));
  });
  fc.assert(property, { numRuns: 500 });
});

test("whatever is edited in whatever document, every byte that no edit is about stays", () => {
  const property = fc.property(cases(plainText), (each) => {
    const all = each.edits.flatMap(({ edits }) => edits);
    const expected = editedText(Buffer.from(each.document).toString(), each.root, all);
    assert.equal(withoutAdded(Buffer.from(result(each).bytes).toString()), expected);
  });
  fc.assert(property, { numRuns: 500 });
});
