import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeFolder } from "../../support/folder.ts";

const project = join(import.meta.dirname, "../../..");

/** Runs the command as `npm run generate -- …` does. */
function generate(...words: string[]) {
  const program = join(project, "scripts/generate/main.ts");
  return spawnSync(process.execPath, [program, ...words], { encoding: "utf8", cwd: project });
}

describe("npm run generate", () => {
  it("--check says nothing where every file is current", () => {
    const { status, stdout, stderr } = generate("--check");
    assert.equal(stdout + stderr, "");
    assert.equal(status, 0);
  });

  it("--check names the files that other schemas would change, and writes none", async () => {
    const grammar = (name: string) => `<grammar xmlns="http://relaxng.org/ns/structure/1.0"><start>
      <element name="${name}"><attribute name="type"/></element></start></grammar>`;
    const folder = await makeFolder({
      "domain.rng": grammar("domain"),
      "network.rng": grammar("network"),
      "networkport.rng": grammar("networkport"),
    });
    const { status, stderr } = generate("--check", folder);
    assert.equal(status, 1);
    assert.match(stderr, /^nothing has the meaning of cpu\/@mode in these schemas$/m);
    assert.match(stderr, /^typings\/domain\.d\.ts is not what would be generated$/m);
    assert.equal(generate("--check").status, 0);
  });

  it("tells wrong usage, and shows how it is used", () => {
    for (const [words, message] of [
      [["--bogus"], /Unknown option '--bogus'/],
      [["a", "b"], /Cannot generate from 2 folders: name one/],
      [["/nowhere"], /\/nowhere holds no domain\.rng; name the folder of libvirt's schemas/],
      [["--version", "1"], /Cannot tell a version without schemas/],
    ] as const) {
      const { status, stderr } = generate(...words);
      assert.equal(status, 64, words.join(" "));
      assert.match(stderr, message);
      assert.match(stderr, /Usage: npm run generate/);
    }
    assert.match(generate("--help").stdout, /Examples:\n {2}npm run generate\n/);
  });

  it("tells a schema that it cannot read in a line, and writes nothing", async () => {
    const folder = await makeFolder({ "domain.rng": "<grammar" });
    const { status, stderr } = generate(folder);
    assert.equal(status, 1);
    assert.match(stderr, /^Cannot read the schema domain\.rng: [^\n]*\n$/);
    assert.equal(generate("--check").status, 0);
  });
});
