import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { codeOfSlice, joinSlice, mapOfSlice } from "../../src/bundle/policy-slice.ts";
import { productRoot } from "../../src/product.ts";
import { makeFolder } from "../support/folder.ts";
import { buildFolder, policy } from "./build.ts";

/** The code and the map of a bundle's first policy. */
function parts({ code, manifest }: Bundle): { code: string; map: { sources: string[]; sourcesContent?: unknown } } {
  const { offset = 0, length = 0 } = manifest.policies[0] ?? {};
  const slice = code.subarray(offset, offset + length);
  return { code: codeOfSlice(slice), map: JSON.parse(mapOfSlice(slice) ?? "null") };
}

/** Builds files whose configuration lies in a sub folder, `etc`. */
async function buildIn(files: Readonly<Record<string, string>>): Promise<Bundle> {
  const folder = await makeFolder({ "etc/virt-warden.yaml": "", ...files });
  return buildFolder(join(folder, "etc"));
}

const IMPORTING = (from: string, name = "a") =>
  `import { used } from "${from}";\n${policy(name, "\n  description: used,")}`;
const USED = 'export const used = "used";\n';

test("a policy's map names its sources from the configuration's folder, and holds none of their content", async () => {
  const { map } = parts(
    await buildIn({
      "etc/virt-warden.yaml": "policies: [policies/**/*.ts]\n",
      "etc/policies/deep/a.ts": IMPORTING("../../shared/ü %41 b.ts"),
      "etc/shared/ü %41 b.ts": USED,
    }),
  );
  const own = map.sources.filter((source) => !source.startsWith("virt-warden/"));
  assert.deepEqual(own.toSorted(), ["policies/deep/a.ts", "shared/ü %41 b.ts"]);
  assert.equal(map.sourcesContent, undefined);
});

test("packages, and files outside of the folder, are named from it too", async () => {
  const used = 'export const used = "x".trim();\n';
  const outside = await buildIn({ "outside/more.ts": used, "etc/policies/a.ts": IMPORTING("../../outside/more.ts") });
  assert.ok(parts(outside).map.sources.includes("../outside/more.ts"));
  const packaged = await buildIn({
    "etc/node_modules/pack/package.json": '{ "name": "pack", "main": "index.js", "types": "index.d.ts" }',
    "etc/node_modules/pack/index.js": used,
    "etc/node_modules/pack/index.d.ts": "export declare const used: string;\n",
    "etc/policies/a.ts": IMPORTING("pack"),
  });
  assert.ok(parts(packaged).map.sources.includes("node_modules/pack/index.js"));
});

test("virt-warden's own files, and the packages that it brings, are named from it, wherever it is installed", async () => {
  const source = `import { bytes } from "virt-warden";\nimport * as v from "valibot";\n${policy(
    "a",
    "\n  settings: v.object({ most: v.optional(v.number(), bytes({ value: 1 })) }),",
  )}`;
  const { map } = parts(await buildIn({ "etc/policies/a.ts": source }));
  assert.ok(map.sources.includes("virt-warden/dist/helpers/bytes.js"));
  assert.ok(map.sources.includes("virt-warden/node_modules/valibot/dist/index.mjs"));
  assert.deepEqual(
    map.sources.filter((each) => each.includes("..")),
    [],
  );
});

test("a folder of the user's that has virt-warden's name is not taken for virt-warden", async () => {
  const { map } = parts(
    await buildIn({ "etc/policies/a.ts": IMPORTING("../virt-warden/x.ts"), "etc/virt-warden/x.ts": USED }),
  );
  assert.ok(map.sources.includes("./virt-warden/x.ts"));
});

test("where the configuration's folder is a link, or a policy is, sources are named as the configuration has them", async () => {
  const folder = await makeFolder({
    "real/deep/virt-warden.yaml": "",
    "real/shared/policy.ts": policy("a"),
    "real/deep/policies/.keep": "",
  });
  await symlink("real/deep", join(folder, "link"));
  await symlink("../../shared/policy.ts", join(folder, "real/deep/policies/a.ts"));
  const { map } = parts(await buildFolder(join(folder, "link")));
  assert.equal(map.sources[0], "policies/a.ts");
});

test("the same sources give the same bundle in whatever folder", async () => {
  const files = { "etc/policies/a.ts": IMPORTING("../shared/x.ts"), "etc/shared/x.ts": USED };
  const deep = await makeFolder(
    Object.fromEntries(
      Object.entries({ "etc/virt-warden.yaml": "", ...files }).map(([name, text]) => [`a/b/${name}`, text]),
    ),
  );
  assert.equal((await buildFolder(join(deep, "a/b/etc"))).digest, (await buildIn(files)).digest);
});

test("the code that a policy could see has no comment and no path, not even in the names of its functions", async () => {
  const bundle = await buildIn({
    "outside/index.cjs": '"use strict";\n// a secret comment\nexports.used = new Error("x").stack;\n',
    "outside/index.d.cts": "export declare const used: string;\n",
    'outside/it\'s "quoted".cjs': "exports.used = 1;\n",
    'outside/it\'s "quoted".d.cts': "export declare const used: number;\n",
    "etc/policies/a.ts": `import { used } from "../../outside/index.cjs";
import { used as other } from "../../outside/it's \\"quoted\\".cjs";
/* a secret comment */
${policy("a", "\n  description: used + other,")}`,
  });
  const { code } = parts(bundle);
  assert.doesNotMatch(code, /secret|outside\/|policies|\.cjs|\.\.\/|"quoted|sourceMappingURL|virt-warden-test/);
  assert.ok(!code.includes(productRoot));
  assert.doesNotMatch(bundle.manifest.policies[0]?.description ?? "", /outside\/|\.cjs/);
});

test("what a policy writes that looks like a source map stays in its code", async () => {
  const text = "\\n//# sourceMappingURL=data:application/json;base64,e30=\\n";
  const raw = text.replaceAll("\\n", "\n");
  const { manifest, ...bundle } = await buildIn({ "etc/policies/a.ts": policy("a", `\n  description: \`${raw}\`,`) });
  assert.equal(manifest.policies[0]?.description, raw);
  assert.ok(parts({ manifest, ...bundle }).code.includes(raw));
});

test("a slice without a map, as bundles had them, is all code", () => {
  const old = [
    "var __policy = (() => {})();\n",
    "var __policy = `\n//# sourceMappingURL=data:application/json;base64,e30=\n`;\n",
    "var __policy = 1;\n//# sourceMappingURL=data:application/json;base64,no map\n",
    "",
  ];
  for (const code of old) {
    assert.equal(codeOfSlice(Buffer.from(code)), code);
    assert.equal(mapOfSlice(Buffer.from(code)), undefined);
    const joined = joinSlice(code, '{ "version": 3 }');
    assert.equal(codeOfSlice(joined), code.trimEnd());
    assert.equal(mapOfSlice(joined), '{ "version": 3 }');
  }
});
