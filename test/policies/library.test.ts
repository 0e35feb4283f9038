import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { runCommand } from "../cli/run-command.ts";

test("the library's tests pass in the sandbox that its policies run in, and run every line of its policies", () => {
  const files = readdirSync(join(productRoot, "policies")).filter((file) => file.endsWith(".test.ts"));
  assert.ok(files.length >= 16, `policies/ has ${files.length} tests`);
  const { status, stdout, stderr } = runCommand(["test", "policies", "--coverage", "--coverage-min", "100"], {
    cwd: productRoot,
  });
  assert.equal(status, 0, `${stdout}${stderr}`.split("\n").slice(-120).join("\n"));
  const lines = stdout.split("\n");
  for (const file of files) assert.ok(lines.includes(`policies/${file}`), `policies/${file} is not run:\n${stdout}`);
  assert.match(stdout, /^all files +(\d+)\/\1 +100 %/m);
});
