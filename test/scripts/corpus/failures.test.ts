import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeFolder } from "../../support/folder.ts";
import { GUEST, judge, NETWORK, run } from "./run-corpus.ts";

describe("the corpus check fails, and says what and where, for", () => {
  const cases: [what: string, document: string, said: RegExp][] = [
    [
      "an element that the schema does not know",
      GUEST.replace("<os>", "<teleporter range='far'/><os>"),
      /domain\/teleporter: is not in the model as domain\.teleporter/,
    ],
    [
      "an attribute that the schema does not know",
      GUEST.replace("<memory>", "<memory colour='red'>"),
      /domain\/memory\/@colour: is "red", and in the model domain\.memory\.colour is not/,
    ],
    ["a value that its type does not have", GUEST.replace("kvm", "abacus"), /domain\.type: .*"abacus"/],
    ["a part that is missing", GUEST.replace("<name>a</name>", ""), /domain: Property 'name' is missing/],
    [
      "a network that nobody knows",
      NETWORK.replace("</name>", "</name><forward mode='teleport'/>"),
      /network\.forward(\.mode)?: .*"teleport"/s,
    ],
    ["a network hook's document without a network", "<hookData/>", /1:1: .* holds no <network> \(wrong-root\)/],
    ["a network in a hook's document", `<hookData>${NETWORK.replace("name>n", "name a='1'>n")}</hookData>`, /hookData/],
    ["a document that is not well-formed", GUEST.replace("</os>", "</so>"), /1:\d+: .*\(malformed\)/s],
    ["a second element where one may be", GUEST.replace("<os>", "<name>b</name><os>"), /1:\d+: .*\(repeated\)/s],
    ["a DOCTYPE", `<!DOCTYPE domain [<!ENTITY e "x">]>${GUEST}`, /1:1: .*\(doctype\)/s],
  ];
  for (const [what, document, said] of cases) {
    it(what, async () => {
      const { status, stdout, counts } = await judge({ "good.xml": GUEST, "wrong.xml": document });
      assert.equal(status, 1, stdout);
      const [first = "", ...rest] = stdout.split("\n");
      assert.equal(first, "failure: wrong.xml");
      assert.match(rest.join("\n").replaceAll(/\n +/g, " "), said);
      assert.deepEqual([counts.get("ok"), counts.get("failing")], ["1", "1"]);
    });
  }

  const unknown: [what: string, document: string, said: RegExp][] = [
    ["a guest", GUEST.replace("<os>", "\n<teleporter/><os>"), /unknown to the schema: domain\/teleporter at 2:1/],
    ["a network", NETWORK.replace("<name>", "<name a='1'>"), /unknown to the schema: name\/@a at 1:10/],
    [
      "a network hook's document",
      `<hookData>x${NETWORK}</hookData>`,
      /unknown to the schema: hookData\/text\(\) at 1:1/,
    ],
    [
      "a guest, each of the first by its name and the others by their number",
      GUEST.replace("<os>", `${"<teleporter/>".repeat(8)}<os>`),
      /(unknown to the schema: domain\/teleporter at .*){5}unknown to the schema: 3 more parts/,
    ],
  ];
  for (const [what, document, said] of unknown) {
    it(`what the schema does not know in ${what}`, async () => {
      const folder = await makeFolder({ "good.xml": GUEST, "wrong.xml": document });
      const { status, stdout, counts } = run(folder, "--all", ".");
      assert.equal(status, 1);
      assert.match(stdout.replaceAll(/\n */g, " "), said);
      const names = ["with what the schema does not know", "ok", "failing"];
      assert.deepEqual(
        names.map((name) => counts.get(name)),
        ["1", "1", "1"],
      );
    });
  }

  it("a link that leads nowhere", async () => {
    const folder = await makeFolder({ "a.xml": GUEST });
    await symlink("missing", join(folder, "b.xml"));
    const { status, stdout } = run(folder, ".");
    assert.equal(status, 1);
    assert.match(stdout, /failure: b\.xml\n {2}ENOENT/);
  });

  it("a folder without any document, naming what seems to be none", async () => {
    const { status, stdout, stderr } = await judge({ "empty.xml": "", "other.xml": "<pool><name></pool>" });
    assert.equal(status, 1);
    assert.match(stdout, /not read: empty\.xml\n.*\(empty\)/);
    assert.match(stdout, /not read: other\.xml\n.*\n.*\(malformed\)/);
    assert.match(stderr, /there was no document to check/);
  });
});
