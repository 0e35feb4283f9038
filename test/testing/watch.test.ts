import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../support/folder.ts";
import { waitFor } from "../support/process.ts";

const PROGRAM = fileURLToPath(new URL("watch-program.ts", import.meta.url));

let folder: string;
let child: ChildProcess;
let output = "";

before(async () => {
  folder = await makeFolder({
    "policies/a.ts": "one",
    "node_modules/p/index.ts": "",
    "virt-warden.yaml": "",
    "guests/web1.xml": "",
  });
  child = spawn(process.execPath, [PROGRAM, folder], { stdio: ["ignore", "pipe", "inherit"] });
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  await waitFor(() => output.includes("watching") || undefined);
});

after(() => child.kill("SIGKILL"));

/** The lines that changes bring, until the program waits again. */
async function linesAfter(change: () => void): Promise<string[]> {
  output = "";
  change();
  await waitFor(() => output.includes("watching") || undefined);
  return output
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("watching"))
    .map((line) => line.replace(`${folder}/`, ""));
}

test("a policy that is saved is run again, as is one that an editor replaces, more than once", async () => {
  const policy = join(folder, "policies/a.ts");
  const replace = (text: string) => () => {
    writeFileSync(`${policy}.swp`, text);
    renameSync(`${policy}.swp`, policy);
  };
  assert.deepEqual(await linesAfter(() => writeFileSync(policy, "two")), ["changed: policies/a.ts", "ran with two"]);
  assert.deepEqual(await linesAfter(replace("three")), ["changed: policies/a.ts", "ran with three"]);
  assert.deepEqual(await linesAfter(replace("four")), ["changed: policies/a.ts", "ran with four"]);
});

test("what has to be put right is said, and watching goes on", async () => {
  const write = (text: string) => () => writeFileSync(join(folder, "policies/a.ts"), text);
  const broken = ["changed: policies/a.ts", "policies/a.ts:1: it is broken"];
  assert.deepEqual(await linesAfter(write("broken")), broken);
  assert.deepEqual(await linesAfter(write("mended")), ["changed: policies/a.ts", "ran with mended"]);
});

test("documents, the configuration and new files count; packages and hidden files do not", async () => {
  const change = () => {
    appendFileSync(join(folder, "node_modules/p/index.ts"), "//");
    writeFileSync(join(folder, ".a.ts.swp"), "");
    appendFileSync(join(folder, "virt-warden.yaml"), "#");
    appendFileSync(join(folder, "guests/web1.xml"), " ");
    mkdirSync(join(folder, "new"));
    writeFileSync(join(folder, "new/b.test.ts"), "");
  };
  const [changed, ran] = await linesAfter(change);
  assert.match(changed ?? "", /^changed: guests\/web1\.xml, new, /);
  assert.doesNotMatch(changed ?? "", /node_modules|swp/);
  assert.equal(ran, "ran with mended");
});

test("Ctrl-C ends it", async () => {
  child.kill("SIGINT");
  const [, signal] = await once(child, "close");
  assert.equal(signal, "SIGINT");
});
