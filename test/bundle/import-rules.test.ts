import assert from "node:assert/strict";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { makeFolder } from "../support/folder.ts";
import { problemsOf } from "../support/problems.ts";
import { buildFolder, policy } from "./build.ts";

/** A policy that the compiler does not look at, with this line before it, the second. */
function importing(line: string): string {
  return `// @ts-nocheck\n${line}\n${policy("a")}`;
}

/** A package of these files, whose entry is index.js. */
function pack(name: string, files: Readonly<Record<string, string>>): Record<string, string> {
  const all = { "package.json": `{ "name": "${name}", "main": "index.js" }`, ...files };
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`etc/node_modules/${name}/${file}`, text]));
}

/** What is wrong with these files, whose configuration is `etc/virt-warden.yaml`; links go from a path to a target. */
async function problems(
  files: Readonly<Record<string, string>>,
  links: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const folder = await makeFolder({ "etc/virt-warden.yaml": "", ...files });
  for (const [path, target] of Object.entries(links)) await symlink(target, join(folder, path));
  const lines = await problemsOf(buildFolder(join(folder, "etc")), folder);
  return lines.map((line) => line.replaceAll(folder, "FOLDER"));
}

const BUNDLED_FOR = " (bundled for FOLDER/etc/policies/a.ts)";

test("a file is not imported as a text, nor as anything else than JSON, by an attribute", async () => {
  for (const type of ["text", "bytes", "css", "TEXT"]) {
    const line = `import x from "./data.json" with { type: "${type}" }; x;`;
    assert.deepEqual(await problems({ "etc/policies/a.ts": importing(line), "etc/policies/data.json": "{}" }), [
      `etc/policies/a.ts:2:15: policies cannot import with { type: "${type}" }: only type: "json" is possible`,
    ]);
  }
  const other = 'import x from "./data.json" with { type: "json", as: "text" }; x;';
  assert.deepEqual(await problems({ "etc/policies/a.ts": importing(other), "etc/policies/data.json": "{}" }), [
    'etc/policies/a.ts:2:15: policies cannot import with { as: "text" }: only type: "json" is possible',
  ]);
});

test("an import by an absolute path or by a URL is refused at its line, in every form that an import has", async () => {
  const forms = [
    'import "SPECIFIER";',
    'import x from "SPECIFIER" with { type: "text" }; x;',
    'export { y } from "SPECIFIER";',
    'export const z = import("SPECIFIER");',
    'require("SPECIFIER");',
  ];
  const path = "it is an absolute path; write one that begins with ./ or ../";
  const url = "only files and packages are bundled";
  const messages: Readonly<Record<string, string>> = {
    "/etc/hostname": `/etc/hostname: ${path}`,
    "/etc/x.json": `/etc/x.json: ${path}`,
    "file:///etc/hostname": `a file: URL: ${url}`,
    "FILE:///etc/x.json": `a FILE: URL: ${url}`,
    "data:text/plain,x": `a data: URL: ${url}`,
    "https://example.org/x.js": `a https: URL: ${url}`,
  };
  for (const form of forms) {
    for (const [specifier, message] of Object.entries(messages)) {
      const files = { "etc/policies/a.ts": importing(form.replace("SPECIFIER", specifier)) };
      const column = form.indexOf('"SPECIFIER"') + 1;
      assert.deepEqual(
        await problems(files),
        [`etc/policies/a.ts:2:${column}: policies cannot import ${message}`],
        form,
      );
    }
  }
});

test("only code and JSON are imported, whatever a bundler could do with other files", async () => {
  const names = ["a.txt", "a.css", "a.jsx", "a.tsx", "a.node", "a.bin", "hostname", "a.json5", "a.JSON"];
  const files = Object.fromEntries(names.map((name) => [`etc/policies/${name}`, ""]));
  const source = names.map((name) => `import "./${name}";`).join("\n");
  assert.deepEqual(
    await problems({ ...files, "etc/policies/a.ts": `// @ts-nocheck\n${source}\n${policy("a")}` }),
    names.map(
      (name, index) =>
        `etc/policies/a.ts:${index + 2}:8: policies cannot import ./${name}: it is neither JavaScript, nor TypeScript, nor JSON, by its name`,
    ),
  );
});

test("JSON outside the configuration's folder is refused, also through a link, and as a part of a helper", async () => {
  const files = {
    "secret.json": '{ "password": "hunter2" }',
    "helpers/help.ts": 'import secret from "../secret.json";\nexport const help = secret;\n',
    "etc/policies/a.ts": importing('import x from "../../secret.json"; x;'),
    "etc/policies/b.ts": importing('import x from "./link.json"; x;').replace('"a"', '"b"'),
    "etc/policies/c.ts": importing('import x from "../data/secret.json" with { type: "json" }; x;').replace(
      '"a"',
      '"c"',
    ),
    "etc/policies/d.ts": importing('import { help } from "../../helpers/help.ts"; help;').replace('"a"', '"d"'),
  };
  const outside = (path: string) => `policies cannot import ${path}: it lies outside the configuration's folder`;
  const links = { "etc/policies/link.json": "../../secret.json", "etc/data": ".." };
  assert.deepEqual((await problems(files, links)).toSorted(), [
    `etc/policies/a.ts:2:15: ${outside("../../secret.json")}`,
    `etc/policies/b.ts:2:15: ${outside("./link.json")}`,
    `etc/policies/c.ts:2:15: ${outside("../data/secret.json")}`,
    `helpers/help.ts:1:20: ${outside("../secret.json")}`,
  ]);
});

test("a link that is named like code is what it leads to", async () => {
  const files = { "secret.txt": "x", "etc/policies/a.ts": importing('import x from "./link.js"; x;') };
  assert.deepEqual(await problems(files, { "etc/policies/link.js": "../../secret.txt" }), [
    "etc/policies/a.ts:2:15: policies cannot import ./link.js: it is neither JavaScript, nor TypeScript, nor JSON, by its name",
  ]);
});

test("a package takes in nothing from outside its folder, be it data or code", async () => {
  const files = {
    "secret.json": "{}",
    "etc/secret.json": "{}",
    "etc/secret.js": "export const secret = 1;\n",
    ...pack("pack", {
      "index.js": 'import "../../secret.json";\nexport * from "../../secret.js";\nimport "/etc/hosts";\n',
    }),
    ...pack("main", { "package.json": '{ "name": "main", "main": "../../../secret.json" }' }),
    "etc/policies/a.ts": importing('import "pack"; import "main";'),
  };
  const outside = (path: string, reach: string) => `policies cannot import ${path}: it lies outside ${reach}`;
  assert.deepEqual((await problems(files)).toSorted(), [
    `etc/node_modules/pack/index.js:1:8: ${outside("../../secret.json", "its package")}${BUNDLED_FOR}`,
    `etc/node_modules/pack/index.js:2:15: ${outside("../../secret.js", "its package")}${BUNDLED_FOR}`,
    `etc/node_modules/pack/index.js:3:8: policies cannot import /etc/hosts: it is an absolute path; write one that begins with ./ or ../${BUNDLED_FOR}`,
    `etc/policies/a.ts:2:23: ${outside("main", "the configuration's folder")}`,
  ]);
});

test("a pattern takes in no file, of whatever folder", async () => {
  const lines = await problems({
    "etc/policies/data/x.json": "{}",
    "etc/policies/a.ts": importing(
      "const x = (name) => [import('./data/' + name + '.json'), require('../../' + name)];",
    ),
    "secret.txt": "x",
  });
  assert.ok(lines.length > 0);
  for (const line of lines)
    assert.match(line, /^etc\/policies\/a\.ts:2:\d+: policies cannot import what is known only when it runs$/);
});

test("what people import goes on to be bundled: packages' code and data, linked ones, helpers and data of their own", async () => {
  const folder = await makeFolder({
    "etc/virt-warden.yaml": "",
    "etc/data/x.json": '"own "',
    "helpers/help.ts": 'export const help: string = "help ";\n',
    "linked/package.json": '{ "name": "linked", "main": "lib/index.js", "version": "7" }',
    "linked/lib/index.js":
      'import { version } from "../package.json";\nexport const linked = "linked " + version + " ";\n',
    ...pack("@some/pack", {
      "index.js":
        'const data = require("./data/x.json");\nexports.pack = data.x + require("other/x.json").x + require("#own").x;\n',
      "package.json": '{ "name": "@some/pack", "main": "index.js", "imports": { "#own": "./data/own.cjs" } }',
      "data/x.json": '{ "x": "pack " }',
      "data/own.cjs": 'exports.x = "imports ";\n',
    }),
    ...pack("other", { "x.json": '{ "x": "other " }' }),
    "etc/policies/a.ts": `// @ts-nocheck
import { pack } from "@some/pack";
import { linked } from "linked";
import { help } from "../../helpers/help.ts";
import own from "../data/x.json" with { type: "json" };
import direct from "other/x.json";
${policy("a", "\n  description: pack + linked + help + own + direct.x,")}`,
  });
  await symlink("../../linked", join(folder, "etc/node_modules/linked"));
  await writeFile(join(folder, "etc/node_modules/.keep"), "");
  const { manifest } = await buildFolder(join(folder, "etc"));
  assert.equal(manifest.policies[0]?.description, "pack other imports linked 7 help own other ");
});
