import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decideBare, WALL_FLAGS } from "../../scripts/decide-bare.ts";
import { productRoot } from "../../src/product.ts";

const LISTER = fileURLToPath(new URL("loaded-modules.cjs", import.meta.url));
const dist = (name: string): string => join(productRoot, "dist", name);

/** The parts of Node that a program loads, by their names. */
function loadedBy(program: string): ReadonlySet<string> {
  const record = decideBare([LISTER, program]);
  return new Set(record.match(/^loaded .*$/gm));
}

test("a decision loads no part of Node that an empty program does not: without a snapshot each costs milliseconds", () => {
  const idle = loadedBy("none");
  assert.ok(idle.size > 20, `${idle.size} parts`);
  const more = [...loadedBy(dist("evaluator.cjs"))].filter((name) => !idle.has(name));
  assert.deepEqual(more, []);
});

test("V8 takes the evaluator's code cache, with the flags that the wall gives", () => {
  assert.ok(
    readFileSync(join(productRoot, "bin/wall.sh"), "utf8").includes(`/proc/self/fd/6 ${WALL_FLAGS.join(" ")} `),
  );
  const script = `const bytes = require("node:fs").readFileSync(${JSON.stringify(dist("evaluator.pack"))});
    const start = bytes.indexOf("\\n") + 1;
    const words = bytes.toString("latin1", 0, start).trim().split(" ");
    const end = start + Number(words[4]);
    const options = { filename: "evaluator.cjs", cachedData: bytes.subarray(end) };
    const { cachedDataRejected } = new (require("node:vm").Script)(bytes.toString("latin1", start, end), options);
    console.log(words[2] === process.version, words[5] !== "0", cachedDataRejected);`;
  const { stdout } = spawnSync(process.execPath, [...WALL_FLAGS, "-e", script], { env: {}, encoding: "utf8" });
  assert.equal(stdout, "true true false\n");
});
