import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { readShapes } from "../../../scripts/generate/description/read-shapes.ts";
import { MEANINGS } from "../../../scripts/generate/meanings/index.ts";
import { createLookup } from "../../../scripts/generate/meanings/lookup.ts";
import { DESCRIPTION_FILE } from "../../../scripts/generate/outputs.ts";
import { placesOf } from "../../../scripts/generate/write/places.ts";

const project = join(import.meta.dirname, "../../..");

/** The parts that policies use most. */
const PARTS = [
  ...["cpu", "memory", "os", "seclabel", "launchSecurity", "features", "metadata"].map((name) => `domain/${name}`),
  ...["disk", "interface", "graphics", "hostdev", "tpm"].map((name) => `domain/devices/${name}`),
];

describe("what is written down of meanings", () => {
  const { domain } = JSON.parse(readFileSync(join(project, DESCRIPTION_FILE), "utf8")).documents;
  const lookup = createLookup(MEANINGS);
  const places = [...placesOf(readShapes(domain).values())].map(([shape, path]) => ({ shape, path }));

  for (const part of PARTS) {
    it(`covers every attribute, element and text of ${part}`, () => {
      const inside = places.filter(({ path }) => `${path.join("/")}/`.startsWith(`${part}/`));
      const missing = inside.flatMap(({ shape, path }) => {
        const isText = shape.attributes.size === 0 && shape.elements.size === 0;
        const text = shape.text === undefined || isText ? [] : ["text()"];
        const named = [...shape.attributes.keys()].map((name) => `@${name}`);
        const by = shape.choice === undefined ? [] : [`@${shape.choice.by}`];
        const parts = [...named, ...by, ...text, ...shape.elements.keys()];
        return parts.filter((each) => lookup.find(path, each) === "").map((each) => [...path, each].join("/"));
      });
      assert.ok(inside.length > 0, "the part is there");
      assert.notEqual(lookup.find(part.split("/").slice(0, -1), part.split("/").at(-1) ?? ""), "", part);
      assert.deepEqual(missing, []);
    });
  }

  it("is text for a comment: sentences without an end of comment or line", () => {
    for (const [key, text] of Object.entries(MEANINGS)) assert.match(text, /^(?!.*\*\/)[^\n]+[.)]$/, key);
  });
});
