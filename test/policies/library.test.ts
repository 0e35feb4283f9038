import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

test("the library's tests pass, in the sandbox that its policies run in, and run every line of them", () => {
  const files = readdirSync(new URL("policies/", ROOT)).filter((file) => file.endsWith(".test.ts"));
  const { status, stdout, stderr } = spawnSync("bin/virt-warden", ["test", "policies", "--coverage-min", "100"], {
    cwd: fileURLToPath(ROOT),
    encoding: "utf8",
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  for (const file of files) assert.match(stdout, new RegExp(`^policies/${file.replaceAll(".", "\\.")}$`, "m"));
  assert.match(stdout, /^all files +(\d+)\/\1 +100 %/m);
});
