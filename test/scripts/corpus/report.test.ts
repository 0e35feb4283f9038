import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { GUEST, judge, run } from "./run-corpus.ts";

describe("the corpus check's report", () => {
  const wrong = GUEST.replace("<memory>4", "<memory>04");
  const files = { "1.xml": wrong, "2.xml": wrong, "3.xml": wrong };

  it("says the same failure of several documents once, unless asked for all", async () => {
    const folder = await makeFolder(files);
    const { stdout } = run(folder, ".");
    assert.equal(stdout.match(/^failure: /gm)?.length, 1);
    assert.match(stdout, /^ {2}and so in 2 more files$/m);
    assert.equal(run(folder, "--all", ".").stdout.match(/^failure: [123]\.xml$/gm)?.length, 3);
  });

  it("takes what the schema does not know for the same wherever it stands", async () => {
    const unknown = "<memory colour='red'>";
    const texts = [GUEST, ` ${GUEST}`, `\n${GUEST}`].map((text) => text.replace("<memory>", unknown));
    const { stdout } = await judge(Object.fromEntries(texts.map((text, index) => [`${index}.xml`, text])));
    assert.match(stdout, /^ {2}unknown to the schema: memory\/@colour at 1:\d+\n {2}and so in 2 more files$/m);
  });

  it("shows at most twenty different failures, and how many more there are", async () => {
    // Each is not in the model, and for the schema five are unknown by name, and the others by their number.
    const names = Array.from({ length: 17 }, (_, index) => `<unknown${index}/>`);
    const { stdout } = await judge({ "a.xml": GUEST.replace("<os>", `${names.join("")}<os>`) });
    assert.equal(stdout.match(/^failure: /gm)?.length, 20);
    assert.match(stdout, /^and 3 more different failures; --all shows them$/m);
  });

  it("fits 80 columns and acts on no terminal", async () => {
    const turning = GUEST.replace("<memory>", "<memory colour='\u202e'>");
    const { stdout } = await judge({ ...files, "4.xml": turning });
    for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(stdout, /@colour: is "\\u\{202e\}"/);
    assert.doesNotMatch(stdout, /\p{Cf}/u);
  });
});
