import assert from "node:assert/strict";
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { runCommand } from "../cli/run-command.ts";
import { makeFolder } from "../support/folder.ts";

/** Configurations that pages show; those that a page writes to a file are built as it says. */
function examples(page: string): readonly string[] {
  const text = readFileSync(join(productRoot, page), "utf8");
  return [...text.matchAll(/(<!-- file: \S+ -->\n+)?^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, mark, example = ""]) =>
    mark === undefined ? [example] : [],
  );
}

test("every configuration that a page shows builds, with the library's policies", async () => {
  const folder = await makeFolder();
  cpSync(join(productRoot, "policies"), join(folder, "policies"), { recursive: true });
  const shown = ["README.md", "policies/README.md", ...globSync("docs/*.md", { cwd: productRoot })].flatMap((page) =>
    examples(page).map((example) => ({ page, example })),
  );
  assert.ok(shown.length >= 3);
  for (const { page, example } of shown) {
    writeFileSync(join(folder, "virt-warden.yaml"), example);
    const { status, stderr } = runCommand(["build", "--config", "virt-warden.yaml", "--out", "bundle"], {
      cwd: folder,
    });
    assert.equal(status, 0, `${page}: ${stderr}\n${example}`);
  }
});

test("every key that the page names is one that a configuration takes", async () => {
  const page = readFileSync(join(productRoot, "docs/configuration.md"), "utf8");
  const [top = "", rules = ""] = page.split("## Rules");
  const keysIn = (part: string): readonly string[] =>
    [...part.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, key = ""]) => key);
  assert.deepEqual(keysIn(top), ["policies", "limits.time", "limits.memory", "limits.deadline", "log", "rules"]);
  const own = keysIn(rules).filter((key) => !["enforce", "warn", "audit", "off"].includes(key));
  assert.deepEqual(own, ["mode", "onError", "settings", "exempt"]);
  const text = `unknown: 1
limits: { unknown: 1, time: 1s, memory: 32MiB, deadline: 10s }
log: decisions.log
policies: [policies/*.ts]
rules:
  a: { unknown: 1, mode: warn, onError: deny, settings: {}, exempt: [{ unknown: 1, uuid: x, domain: x, reason: x, expires: x }] }
`;
  const folder = await makeFolder({ "virt-warden.yaml": text, "policies/a.ts": "" });
  const { stderr } = runCommand(["build"], { cwd: folder });
  const unknown = [...stderr.matchAll(/unknown key (\w+) in ([^;\n]*)/g)].map(([, key, where]) => [key, where]);
  assert.deepEqual(unknown, [
    ["unknown", "the configuration"],
    ["unknown", "limits"],
    ["unknown", "rules.a"],
    ["unknown", "rules.a.exempt[0]"],
  ]);
});
