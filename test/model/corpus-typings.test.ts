import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, it } from "node:test";
import { buildModel } from "../../src/model/build-model.ts";
import { readHookData } from "../../src/model/read-hook-data.ts";
import { readCorpus } from "./corpus.ts";

const project = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "virt-warden-typings-"));
after(() => rmSync(folder, { recursive: true }));

it("every model of the corpus is what its type says", () => {
  const guests = readCorpus("guests").map(({ root }) => ["Domain", buildModel(root, "domain")]);
  const networks = readCorpus("networks").map(({ root }) => [
    "{ network: Network; port?: NetworkPort }",
    readHookData(root),
  ]);
  const values = [...guests, ...networks].map(
    ([type, model], index) => `export const value${index}: ${type} = ${JSON.stringify(model)};\n`,
  );
  const types = JSON.stringify(join(project, "typings/index.d.ts"));
  writeFileSync(
    join(folder, "models.ts"),
    `import type { Domain, Network, NetworkPort } from ${types};\n${values.join("")}`,
  );
  const compilerOptions = {
    target: "es2024",
    module: "nodenext",
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["models.ts"] }));
  const tsc = join(project, "node_modules/.bin/tsc");
  const { status, stdout, stderr } = spawnSync(tsc, ["-p", folder], { encoding: "utf8" });
  assert.equal(stdout + stderr, "");
  assert.equal(status, 0);
});
