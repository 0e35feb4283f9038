import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { DESCRIPTION_FILE, outputs } from "../../../scripts/generate/outputs.ts";

const project = join(import.meta.dirname, "../../..");
const text = (path: string) => readFileSync(join(project, path), "utf8");

describe("generated files", () => {
  const { texts: files, unused } = outputs(JSON.parse(text(DESCRIPTION_FILE)));

  it("are the description, the typings, the tables and the sandbox's library", () => {
    assert.deepEqual(
      [...files.keys()],
      [
        DESCRIPTION_FILE,
        "typings/domain.d.ts",
        "src/model/domain.generated.ts",
        "typings/network.d.ts",
        "src/model/network.generated.ts",
        "typings/globals.d.ts",
      ],
    );
  });

  for (const [path, expected] of files) {
    it(`${path} is what the description gives now`, () => {
      assert.ok(text(path) === expected, `${path} is not current: run npm run generate`);
    });
  }

  it("are the same bytes in every run", () => {
    for (const [path, again] of outputs(JSON.parse(text(DESCRIPTION_FILE))).texts)
      assert.ok(again === files.get(path), path);
  });

  it("leave out no meaning that is written down", () => assert.deepEqual(unused, []));

  it("say which schemas they come from", () => {
    const { libvirt, schemas } = JSON.parse(text(DESCRIPTION_FILE));
    assert.match(libvirt, /^\d+\.\d+\.\d+$/);
    assert.ok(Object.keys(schemas).includes("domaincommon.rng"));
    for (const [name, digest] of Object.entries(schemas))
      assert.match(`${name} ${digest}`, /^[a-z_]+\.rng [0-9a-f]{64}$/);
    assert.ok(text("typings/domain.d.ts").includes(`documents of libvirt ${libvirt}`));
  });
});
