import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { CORPUS, GUEST, judge, NETWORK, run } from "./run-corpus.ts";

describe("the corpus check passes", () => {
  it("the project's own documents, and counts them and their values", () => {
    const { status, stderr, counts } = run("/", CORPUS);
    assert.equal(stderr, "");
    assert.equal(status, 0);
    const expected = { "files seen": "13", domain: "10", hookData: "3", ok: "13", failing: "0" };
    for (const [name, value] of Object.entries(expected)) assert.equal(counts.get(name), value, name);
    assert.equal(counts.get("attribute values and texts missing"), "0");
    assert.ok(Number(counts.get("attribute values and texts found")) > 1000);
    assert.equal(counts.get("models that compile"), "15");
  });

  it("a folder with documents of other kinds beside, which it counts by their root elements", async () => {
    const { status, stdout, counts } = await judge({
      "a.xml": GUEST,
      "deep/er/n.xml": NETWORK,
      "s1.xml": "<domainsnapshot/>",
      "s2.xml": "<domainsnapshot/>",
      "foreign.xml": `<domain xmlns="urn:other"/>`,
      "notes.txt": "not looked at",
    });
    assert.equal(status, 0);
    assert.match(stdout, /^ {2}domainsnapshot 2, domain 1$/m);
    assert.deepEqual([counts.get("files seen"), counts.get("documents"), counts.get("ok")], ["5", "2", "2"]);
  });

  it("a file once, however many links lead to it, and follows no links to folders", async () => {
    const folder = await makeFolder({ "a.xml": GUEST });
    await symlink("a.xml", join(folder, "b.xml"));
    await symlink(".", join(folder, "circle"));
    const { status, counts } = run(folder, ".", "a.xml");
    assert.equal(status, 0);
    assert.equal(counts.get("files seen"), "1");
  });

  it("a file named, whatever its name ends in", async () => {
    assert.equal(run(await makeFolder({ guest: GUEST }), "guest").status, 0);
  });
});
