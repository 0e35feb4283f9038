import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeFolder } from "../support/folder.ts";
import { waitFor } from "../support/process.ts";
import { type Answer, runCommand } from "./run-command.ts";

const NAMED = `import { definePolicy } from "virt-warden";
import { isShort } from "./lib/short.ts";

export default definePolicy({
  name: "named",
  check({ object, deny }) {
    if (object === "loop") for (;;);
    if (object === "hog") for (const all: unknown[] = []; ; ) all.push(new Array(100_000).fill(0));
    if (object === "web1") {
      deny("web1 is taken");
    } else if (isShort(object)) {
      deny("too short");
    }
    return undefined;
  },
});
`;

const UNTESTED = `import { definePolicy } from "virt-warden";

export default definePolicy({
  name: "untested",
  check() {
    return undefined;
  },
});
`;

const FILES = {
  "virt-warden.yaml": "policies: ['*.ts']\nlimits: { memory: 16MiB }\n",
  "named.ts": NAMED,
  "untested.ts": UNTESTED,
  "lib/short.ts": "export function isShort(name: string): boolean {\n  return name.length < 4;\n}\n",
  "named.test.ts": `import { guest, judge, test } from "virt-warden/test";
import named from "./named.ts";

test("taken names", () => judge(named, guest("", { name: "web1" })).denied("taken"));
test("memory", () => judge(named, guest("", { name: "hog" })).failed({ kind: "memory" }));
test("free names", () => judge(named, guest("", { name: "web2" })).allowed());
`,
  "short.test.ts": `import { guest, judge, test } from "virt-warden/test";
import named from "./named.ts";

test("time", () => judge(named, guest("", { name: "loop" })).failed({ kind: "timeout" }));
test("short names", () => judge(named, guest("", { name: "a" })).allowed());
`,
};

let folder: string;

function lines({ stdout }: Answer): string[] {
  return stdout.trimEnd().split("\n");
}

before(async () => {
  folder = await makeFolder(FILES);
});

test("coverage is what all files ran together, and too little of it fails", () => {
  const [report, tracefile] = [join(folder, "report.xml"), join(folder, "lcov.info")];
  const output = ["--reporter", "junit", "--output", report, "--coverage-lcov", tracefile];
  const answer = runCommand(["test", folder, ...output, "--coverage-min", "90"]);
  assert.deepEqual(lines(answer).slice(-6), [
    "lib/short.ts        2/2    100 %",
    "named.ts           9/10   90.0 %  8*",
    "untested.ts         0/4    0.0 %  3–6",
    "all files         11/16   68.7 %",
    "* of this line only a part ran",
    "68.7 % of the lines ran, less than the 90 % asked for",
  ]);
  assert.equal(answer.status, 1);
  assert.match(readFileSync(report, "utf8"), /<testsuites name="virt-warden test" tests="5" failures="1" errors="0"/);
  assert.match(readFileSync(tracefile, "utf8"), new RegExp(`^SF:${folder}/named.ts\n(DA:\\d+,\\d\n)*DA:8,0\n`, "m"));
});

test("a report for programs is alone on stdout", () => {
  const { stdout, stderr, status } = runCommand([
    "test",
    join(folder, "named.test.ts"),
    "--reporter",
    "tap",
    "--coverage",
  ]);
  assert.match(
    stdout,
    /^TAP version 14\n# Subtest: .*named\.test\.ts\n {4}ok 1 - taken names\n[\s\S]*\nok 1 - [\s\S]*\n1\.\.1\n$/,
  );
  assert.match(stderr, /^all files +\d+\/16 /m);
  assert.equal(status, 0);
});

test("a report takes the place of another only when the run is over", () => {
  const report = join(folder, "named.test.ts", "report.xml");
  const { stdout, stderr, status } = runCommand(["test", folder, "--reporter", "junit", "--output", report]);
  assert.deepEqual([stdout, stderr], ["", `${report}: cannot write the report: not a directory\n`]);
  assert.equal(status, 1);
});

test("other reporters and percentages are wrong usage", () => {
  for (const words of [
    ["--reporter", "html"],
    ["--coverage-min", "101"],
    ["--output", ""],
  ]) {
    assert.equal(runCommand(["test", folder, ...words]).status, 64, words.join(" "));
  }
});

test("--watch runs tests again when a policy changes, and says what is wrong with one meanwhile", async () => {
  const launcher = fileURLToPath(import.meta.resolve("../../bin/virt-warden"));
  const child: ChildProcess = spawn(launcher, ["test", join(folder, "short.test.ts"), "--filter", "short", "--watch"]);
  after(() => child.kill("SIGKILL"));
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  }
  const next = async (): Promise<string> => {
    await waitFor(() => said.includes("watching") || undefined, 60_000);
    const all = said;
    said = "";
    return all;
  };
  assert.match(await next(), /✖ short names[\s\S]*0 passed, 1 failed/);
  writeFileSync(join(folder, "named.ts"), NAMED.replace("return undefined", "return nothing"));
  assert.match(await next(), /^changed: named\.ts\n.*named\.ts:14:\d+: .*nothing/);
  writeFileSync(join(folder, "named.ts"), NAMED.replace('deny("too short")', "void deny"));
  assert.match(await next(), /^changed: named\.ts\n[\s\S]*✔ short names[\s\S]*1 passed in 1 file/);
});
