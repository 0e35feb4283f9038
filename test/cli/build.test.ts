import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { policy } from "../bundle/build.ts";
import { makeFolder } from "../support/folder.ts";

const PROGRAM = fileURLToPath(import.meta.resolve("./build-program.ts"));

/** Runs `virt-warden build` in a folder. */
function build(folder: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const node = [...process.execArgv, PROGRAM, "build", ...args];
  return spawnSync(process.execPath, node, { cwd: folder, encoding: "utf8" });
}

const FLAGS = ["--config", "virt-warden.yaml", "--out", "out"];

test("build prints each policy and where the bundle is", async () => {
  const folder = await makeFolder({
    "virt-warden.yaml":
      "rules: { long-name: { mode: audit, exempt: [{ domain: a, reason: b, expires: 2020-01-01 }] } }\n",
    "policies/a.ts": policy("a", '\n  on: ["qemu/start", "lxc/start"],'),
    "policies/b.ts": policy("long-name"),
  });
  const { status, stdout, stderr } = build(folder, ...FLAGS);
  const version = (await readlink(join(folder, "out/current"))).replace("versions/", "");
  assert.equal(
    stdout,
    `a          enforce  qemu/start lxc/start
long-name  audit    qemu/prepare qemu/migrate qemu/restore
bundle ${version} is in force in out
`,
  );
  assert.equal(
    stderr,
    "virt-warden.yaml:1:45: warning: exemption of a from long-name expired on 2020-01-01, so it exempts nobody: renew or remove it\n",
  );
  assert.equal(status, 0);
});

test("a failing build prints a line a problem, exits 1 and leaves the bundle in force", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "", "policies/a.ts": policy("a") });
  assert.equal(build(folder, ...FLAGS).status, 0);
  const inForce = await readlink(join(folder, "out/current"));
  const broken = await makeFolder({
    "virt-warden.yaml": "",
    "policies/a.ts": `import "node:fs";\nlet x: number = "";\n`,
  });
  const { status, stdout, stderr } = build(broken, "--config", "virt-warden.yaml", "--out", join(folder, "out"));
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    `policies/a.ts:1:8: policies cannot use Node's modules: node:fs; all that a policy may know is in its context
policies/a.ts:2:5: Type 'string' is not assignable to type 'number' (TS2322)
virt-warden: nothing was written; the bundle in force is unchanged
`,
  );
  assert.equal(status, 1);
  assert.equal(await readlink(join(folder, "out/current")), inForce);
});

test("build --help has an example", async () => {
  const { status, stdout } = build(await makeFolder(), "--help");
  assert.equal(status, 0);
  assert.match(stdout, /Example:\n {2}\$ virt-warden build --config/);
});

test("build says which configuration it took where none was named", async () => {
  const folder = await makeFolder({ "virt-warden.yaml": "", "policies/a.ts": policy("a") });
  const { status, stdout, stderr } = build(folder, "--out", "out");
  assert.equal(stderr, "");
  assert.match(stdout, /^configuration virt-warden\.yaml\na {2}enforce {2}qemu\/prepare/);
  assert.equal(status, 0);
});

test("what a file is named does nothing to the terminal that reads of its mistake", async () => {
  const folder = await makeFolder({
    "virt-warden.yaml": "policies: ['*.ts']\n",
    "a\u001b[2J.ts": 'import "node:fs";\n',
  });
  const { status, stderr } = build(folder, "--out", "out");
  assert.match(stderr, /^a\\u\{1b\}\[2J\.ts:1:8: policies cannot use Node's modules: node:fs; .*\n/);
  assert.equal(status, 1);
});
