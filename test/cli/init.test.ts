import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { compilerPath } from "../../src/bundle/compiler-path.ts";
import { completionsIn } from "../support/editor.ts";
import { makeFolder } from "../support/folder.ts";
import { type Answer, runCommand } from "./run-command.ts";

const FILES = [
  "tsconfig.json",
  "virt-warden.yaml",
  "policies/no-host-passthrough.test.ts",
  "policies/no-host-passthrough.ts",
  "samples/web1.xml",
];

let parent: string;
let folder: string;
let made: Answer;

before(async () => {
  parent = await makeFolder();
  folder = join(parent, "my rules");
  made = runCommand(["init", "my rules"], { cwd: parent });
});

test("init makes a folder with everything, and says what comes next", () => {
  assert.equal(made.stderr, "");
  assert.equal(made.status, 0);
  const wrote = FILES.map((file) => `wrote  my rules/${file}\n`).join("");
  assert.equal(made.stdout, `${wrote}\nnext: cd 'my rules' && virt-warden test\n`);
  // a shell would take it for an option
  assert.match(runCommand(["init", "--", "-x"], { cwd: parent }).stdout, /\nnext: cd \.\/-x && /);
});

test("in that folder build and test pass at once", () => {
  const built = runCommand(["build", "--out", "bundle"], { cwd: folder });
  assert.equal(built.status, 0, built.stderr);
  assert.match(built.stdout, /^no-host-passthrough {2}enforce/m);
  const tested = runCommand(["test"], { cwd: folder });
  assert.equal(tested.status, 0, tested.stdout + tested.stderr);
  assert.match(tested.stdout, /^3 passed/m);
});

test("its sample guest is one that libvirt's schema knows, and that the policy allows", () => {
  const sample = join(folder, "samples/web1.xml");
  const { stdout, status } = runCommand(["eval", "--config", "virt-warden.yaml", "--json", sample], { cwd: folder });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).findings.length, 0);
});

test("an editor finds the types there: it completes what the guest's XML can have, and says what a typo is", async () => {
  const policy = join(folder, "policies/no-host-passthrough.ts");
  const names = await completionsIn(policy, folder, "domain.cpu?.");
  assert.ok(names.includes("mode") && names.includes("topology"), names.join(" "));
  const modes = await completionsIn(policy, folder, 'mode === "');
  assert.deepEqual(modes.toSorted(), ["custom", "host-model", "host-passthrough", "maximum"]);
  assert.equal(execFileSync(compilerPath(), ["-p", folder], { encoding: "utf8" }), "");
  writeFileSync(join(folder, "policies/typo.ts"), readFileSync(policy, "utf8").replace("cpu?.mode", "cpu?.mood"));
  const { stdout } = spawnSync(compilerPath(), ["-p", folder], { encoding: "utf8" });
  assert.match(stdout, /typo\.ts.*Property 'mood' does not exist/);
  rmSync(join(folder, "policies/typo.ts"));
});

test("what is there already stays as it is, and a file that was deleted comes back", () => {
  const configuration = join(folder, "virt-warden.yaml");
  writeFileSync(configuration, "policies: [policies/*.ts] # mine\n");
  rmSync(join(folder, "tsconfig.json"));
  const again = runCommand(["init"], { cwd: folder });
  assert.deepEqual(
    [again.status, again.stdout.split("\n").slice(0, 2)],
    [0, ["wrote  tsconfig.json", "kept   virt-warden.yaml"]],
  );
  assert.match(readFileSync(configuration, "utf8"), /# mine/);
});

test("a folder that cannot be made is said in a line, and an empty name is wrong usage", () => {
  const refused = runCommand(["init", "/proc/none"]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^\/proc\/none\/tsconfig\.json: cannot be written: ENOENT.*\n$/);
  assert.equal(runCommand(["init", ""]).status, 64);
});
