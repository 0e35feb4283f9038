import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { lchownSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DEFAULT_CONFIGURATION } from "../../src/config/configuration.ts";
import { makeFolder } from "../support/folder.ts";
import { needsRoot } from "../support/needs-root.ts";

const MODULE = import.meta.resolve("../../src/config/default-configuration.ts");

/** What the function gives in a working folder, or the message that it throws. */
function defaultIn(cwd: string): string {
  const script = `import { defaultConfiguration } from ${JSON.stringify(MODULE)};
try { console.log(defaultConfiguration()) } catch (error) { console.log(error.message) }`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd, encoding: "utf8" }).stdout.trimEnd();
}

test("the working folder's configuration comes before the host's", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "" });
  assert.equal(defaultIn(folder), join(folder, "virt-warden.yaml"));
  assert.equal(defaultIn(await makeFolder()), DEFAULT_CONFIGURATION);
});

test("root does not take a working folder's configuration of somebody else's", needsRoot(), async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "" });
  lchownSync(join(folder, "virt-warden.yaml"), 1234, 1234);
  assert.equal(
    defaultIn(folder),
    "virt-warden.yaml: cannot take this folder's configuration: it belongs to uid 1234, not to root; if it is the one, name it with --config virt-warden.yaml",
  );
});
