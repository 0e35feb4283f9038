import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Scrubber } from "../../src/engine/scrubber.ts";
import { cutText } from "../../src/hook/cut-text.ts";

const MASK = "********";

function scrub<T>(value: T, secrets: readonly string[]): T {
  return new Scrubber(secrets).scrub(value);
}

test("a secret is masked in every text of plain data, keys included, and nothing else changes", () => {
  const value = { reason: "is hunter2!", list: ["hunter2", 7, null, { hunter2: true, other: "hunter" }] };
  assert.deepEqual(scrub(value, ["hunter2"]), {
    reason: `is ${MASK}!`,
    list: [MASK, 7, null, { [MASK]: true, other: "hunter" }],
  });
  assert.equal(scrub("a hunter2, hunter2", ["hunter2"]), `a ${MASK}, ${MASK}`);
});

test("without a secret in it a value stays the same object, and an empty secret is none", () => {
  const value = { a: ["b", { c: "d" }] };
  for (const secrets of [[], [""], ["", "x"]]) assert.equal(scrub(value, secrets), value);
});

test("the longest secret goes first, and a mask is no secret's text", () => {
  assert.equal(scrub("pass password", ["pass", "password"]), `${MASK} ${MASK}`);
  assert.equal(scrub("a*b", ["*", "**", "a"]), `${MASK}${MASK}b`);
});

test("a secret is found as JSON, XML and addresses write it", () => {
  const secret = ` a"b\\c'd&e<f>/g é\n`;
  const written = [
    JSON.stringify({ secret }),
    JSON.stringify(JSON.stringify({ secret })),
    `x=${encodeURIComponent(secret)}`,
    `x=${new URLSearchParams({ secret })}`,
    `http://h/${encodeURI(secret)}`,
    " a&quot;b\\c&apos;d&amp;e&lt;f&gt;/g é\n",
    ` a"b\\c'd&amp;e&lt;f&gt;/g é\n`,
    secret.trim(),
  ];
  for (const text of written) {
    const scrubbed = scrub(text, [secret]);
    assert.ok(scrubbed.includes(MASK), text);
    assert.doesNotMatch(scrubbed, /b\\|d&|d%26|e<|%C3%A9/, text);
  }
});

test("of a secret that a cut went through nothing is left", () => {
  const reason = `the password is ${"hunter2".repeat(3)}`;
  for (let most = 30; most < reason.length; most += 1) {
    const scrubbed = scrub(cutText(reason, most), ["hunter2"]);
    assert.match(scrubbed, /^the passwo?r?d?(?: is ?)?(?:\*{8})*… \(\d+ more\)$/, `${most}`);
  }
  const long = `${"-".repeat(1995)}hunter2`;
  assert.equal(scrub(`${long.slice(0, 2000)}… (and 2 characters more)`, ["hunter2"]).slice(1995, 2004), `${MASK}…`);
  assert.equal(scrub(long.slice(0, 2000), ["hunter2"]).slice(1995), MASK);
  assert.equal(scrub("go on… hunt", ["hunter2"]), "go on… hunt");
});

test("what acts in a regular expression is text like any other", () => {
  for (const secret of ["a.c", "(", "[a-z]", "a|b", "^$", "\\d+", "{2}", "a/b", "x-y"]) {
    assert.equal(scrub(`<${secret}> abc`, [secret]), `<${MASK}> abc`, secret);
  }
});

test("whatever the secrets are, each place of a text is masked by the longest that stands there", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 12 });
  const property = fc.property(
    fc.array(word, { maxLength: 40 }),
    fc.array(word, { maxLength: 20 }),
    (secrets, words) => {
      const text = words.join("");
      assert.equal(scrub(text, secrets), plainly(text, secrets));
      const cut = `${text}… (1 more)`;
      assert.equal(scrub(cut, secrets), `${endPlainly(plainly(text, secrets), secrets)}… (1 more)`);
    },
  );
  fc.assert(property, { numRuns: 500 });
});

/** The same by looking for every secret at every place. */
function plainly(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.toSorted((a, b) => b.length - a.length);
  let result = "";
  for (let at = 0; at < text.length; ) {
    const found = longestFirst.find((secret) => text.startsWith(secret, at));
    result += found === undefined ? text[at] : MASK;
    at += found?.length ?? 1;
  }
  return result;
}

function endPlainly(text: string, secrets: readonly string[]): string {
  for (let at = 0; at < text.length; at += 1) {
    const end = text.slice(at);
    if (secrets.some((secret) => secret !== end && secret.startsWith(end))) return `${text.slice(0, at)}${MASK}`;
  }
  return text;
}

test("texts are quoted without secrets wherever the engine cut them", () => {
  const scrubber = new Scrubber(["hunter2"]);
  assert.equal(scrubber.scrubQuotes('"hunt…" is no number'), `"${MASK}…" is no number`);
  assert.equal(scrubber.scrubQuotes("a hunter2 at 3:4"), `a ${MASK} at 3:4`);
  assert.equal(new Scrubber([""]).scrubQuotes("a…"), "a…");
});
