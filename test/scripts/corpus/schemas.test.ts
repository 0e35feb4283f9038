import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findValid } from "../../../scripts/corpus/validate.ts";
import { makeFolder } from "../../support/folder.ts";

const PROGRAM = join(import.meta.dirname, "../../../scripts/corpus/main.ts");

const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0;
/** Only where it is not the project's own gate that runs. */
const skip = hasXmllint || process.env.CI ? false : "needs xmllint (libxml2-utils)";

const RELAX_NG = "http://relaxng.org/ns/structure/1.0";

/** Schemas that know an element and its name alone. */
const SCHEMAS = Object.fromEntries(
  ["domain", "network", "networkport"].map((name) => [
    `the schemas/${name}.rng`,
    `<grammar xmlns="${RELAX_NG}"><start><element name="${name}"><element name="name"><text/></element></element></start></grammar>`,
  ]),
);

const GUEST = "<domain><name>a</name></domain>";

describe("with schemas", { skip }, () => {
  it("a file is valid by the schema of its kind, whatever its name, and a hook's document by two", async () => {
    const folder = await makeFolder({
      ...SCHEMAS,
      "a b%20.xml": GUEST,
      "b.xml": "<domain/>",
      "c.xml": "<domain>",
      "n.xml": "<network><name>a</name></network>",
      "h1.xml": "<hookData><network><name>a</name></network></hookData>",
      "h2.xml": "<hookData><networkport><name/></networkport><network><name/></network></hookData>",
      "h3.xml": "<hookData><networkport><name/></networkport></hookData>",
    });
    const candidates = (
      [
        ["a b%20.xml", "domain"],
        ["b.xml", "domain"],
        ["c.xml", "domain"],
        ["n.xml", "network"],
        ["h1.xml", "hookData"],
        ["h2.xml", "hookData"],
        ["h3.xml", "hookData"],
      ] as const
    ).map(([name, kind]) => ({ file: join(folder, name), kind }));
    const valid = findValid(candidates, join(folder, "the schemas"));
    assert.deepEqual(
      [...valid],
      ["a b%20.xml", "n.xml", "h1.xml", "h2.xml"].map((name) => join(folder, name)),
    );
  });

  it("documents that are not valid are counted, and only the others have to be right", async () => {
    const folder = await makeFolder({
      ...SCHEMAS,
      "guests/invalid.xml": "<domain><teleporter/></domain>",
      "guests/malformed.xml": "<domain>",
      "guests/valid.xml": GUEST,
    });
    const words = [PROGRAM, "--schemas", "the schemas", "guests"];
    const { status, stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
    assert.match(stdout, /^not schema-valid +2$/m);
    assert.match(stdout, /^documents +3$/m);
    // By libvirt's own schemas a domain has a type.
    assert.match(stdout, /^failure: guests\/valid\.xml\n.*'?type'?/);
    assert.match(stdout, /^failing +1$/m);
    assert.equal(status, 1);
  });

  it("schemas that xmllint cannot read are said, not taken for invalid documents", async () => {
    const folder = await makeFolder({ ...SCHEMAS, "the schemas/domain.rng": "<grammar/>", "a.xml": GUEST });
    const candidates = [{ file: join(folder, "a.xml"), kind: "domain" }] as const;
    assert.throws(() => findValid(candidates, join(folder, "the schemas")), /xmllint ended with 5/);
  });
});
