import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readDeclarations } from "../../scripts/docs/declarations.ts";
import { checkTypes } from "../../src/bundle/check-types.ts";
import { productRoot } from "../../src/product.ts";
import { formatProblem } from "../../src/user-error.ts";
import { makeFolder } from "../support/folder.ts";

const MODULES = { "virt-warden": ["policy", "helpers"], "virt-warden/test": ["test"] } as const;

/** What examples speak of without saying where it comes from. */
const KNOWN: Readonly<Record<string, string>> = {
  policy: 'const policy = definePolicy({ name: "example", check() {} });',
  web1: "const web1 = guest();",
  address: "declare const address: string;",
  disk: 'declare const disk: import("virt-warden").DomainDisk;',
  nic: 'declare const nic: NonNullable<import("virt-warden").Domain["devices"]>["interface"][number];',
};

/** An example as a module of its own: a part of a policy's definition, or of its check, gets what is around it. */
function moduleOf(code: string): string {
  if (/^import /m.test(code)) return code;
  const known = Object.entries(KNOWN).flatMap(([name, text]) => (isFree(name, code) ? [text] : []));
  const main = [...known, aroundOf(code)].join("\n");
  return `${imports(main)}\n${main}\nexport {};`;
}

function aroundOf(code: string): string {
  if (/^(?:export default|test\(|testEach\(|guest\(|changed\()/.test(code)) return code;
  const definition = (members: string): string => `definePolicy({ name: "example", ${members} });`;
  if (code.startsWith("rewrite(")) return definition(`${code.trim()}, check() {}`);
  return definition(
    code.startsWith("check(") ? code : `check({ domain, deny, warn, log, host, settings }) {\n${code}\n}`,
  );
}

/** Whether an example uses a name that it does not declare. */
function isFree(name: string, code: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(code) && !new RegExp(`\\b(?:const|let) [^;=]*\\b${name}\\b`).test(code);
}

/** Imports of all functions that a text calls. */
function imports(text: string): string {
  return Object.entries(MODULES)
    .map(([module, files]) => {
      const functions = files
        .flatMap((file) => readDeclarations(readFileSync(join(productRoot, `typings/${file}.d.ts`), "utf8")))
        .filter(({ kind, name }) => kind === "function" && new RegExp(`\\b${name}\\(`).test(text));
      return functions.length === 0
        ? ""
        : `import { ${functions.map(({ name }) => name).join(", ")} } from "${module}";`;
    })
    .join("\n");
}

/** The examples of all pages; of the reference of the API, which has declarations too, those that are called so. */
function examples(): Readonly<Record<string, string>> {
  const pages = ["README.md", ...globSync("docs/*.md", { cwd: productRoot })];
  const found: Record<string, string> = {};
  for (const page of pages) {
    const text = readFileSync(join(productRoot, page), "utf8");
    const pattern = page === "docs/api.md" ? /^Example:\n+```ts\n([\s\S]*?)^```$/gm : /^```ts\n([\s\S]*?)^```$/gm;
    for (const match of text.matchAll(pattern)) {
      const line = text.slice(0, match.index).split("\n").length;
      // those that a page writes to a file are built and tested as it says, typos among them
      if (/<!-- file: \S+ -->\n+$/.test(text.slice(0, match.index))) continue;
      found[`${page.replaceAll(/\W/g, "-")}-${line}.ts`] = moduleOf(match[1] ?? "");
    }
  }
  return found;
}

test("every example of the pages compiles", async () => {
  const files = examples();
  assert.ok(Object.keys(files).length > 10, "there are no examples: has their form changed?");
  const folder = await makeFolder(files);
  const problems = await checkTypes(
    Object.keys(files).map((name) => join(folder, name)),
    folder,
  );
  assert.deepEqual(problems.map(formatProblem), []);
});
