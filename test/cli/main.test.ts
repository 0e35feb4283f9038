import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { productRoot } from "../../src/product.ts";
import { runCommand, runCut } from "./run-command.ts";

const COMMANDS = ["audit", "build", "doctor", "eval", "hook", "inspect", "install", "log", "metrics", "uninstall"];

test("every command's --help shows its usage and an example, within 80 columns, on stdout", () => {
  for (const words of [["--help"], ...COMMANDS.map((command) => [command, "--help"])]) {
    const { status, stdout, stderr } = runCommand(words);
    const what = words.join(" ");
    assert.equal(status, 0, what);
    assert.equal(stderr, "", what);
    assert.match(stdout, /^Usage: virt-warden /, what);
    assert.match(stdout, /^Example:\n {2}.*virt-warden /m, what);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
      what,
    );
  }
});

test("--help names every command", () => {
  const { stdout } = runCommand(["--help"]);
  for (const command of COMMANDS) assert.match(stdout, new RegExp(`^ {2}${command}\\b`, "m"));
});

test("help COMMAND and -h are --help", () => {
  for (const command of COMMANDS) {
    const { stdout } = runCommand([command, "--help"]);
    assert.equal(runCommand(["help", command]).stdout, stdout);
    assert.equal(runCommand([command, "-h"]).stdout, stdout);
  }
});

test("eval and hook tell their exit statuses", () => {
  for (const command of ["eval", "hook"]) {
    assert.match(runCommand([command, "--help"]).stdout, /Exit status: 0 allowed; 1 denied .*64 wrong usage/s);
  }
});

test("--version is the package's", () => {
  const { version } = JSON.parse(readFileSync(join(productRoot, "package.json"), "utf8"));
  assert.deepEqual(runCommand(["--version"]), { status: 0, stdout: `${version}\n`, stderr: "" });
});

test("an unknown command or option is wrong usage, with what was probably meant", () => {
  const suggestions = [
    [["evla", "a.xml"], "error: unknown command 'evla'\n(Did you mean eval?)\n"],
    [["inspct"], "error: unknown command 'inspct'\n(Did you mean inspect?)\n"],
    [["eval", "--jsn", "a.xml"], "error: unknown option '--jsn'\n(Did you mean --json?)\n"],
    [["build", "--cofnig", "a"], "error: unknown option '--cofnig'\n(Did you mean --config?)\n"],
    [["xyzzy"], "error: unknown command 'xyzzy'\n"],
  ] as const;
  for (const [words, stderr] of suggestions) {
    assert.deepEqual(runCommand(words), { status: 64, stdout: "", stderr }, words.join(" "));
  }
});

test("no command at all is wrong usage, and says what there is", () => {
  const { status, stdout, stderr } = runCommand([]);
  assert.deepEqual([status, stdout], [64, ""]);
  assert.match(stderr, /^Usage: virt-warden \[options\] \[command\]/);
});

test("an option without its value, and a word too many, are wrong usage", () => {
  for (const words of [
    ["eval", "--event"],
    ["build", "--out"],
    ["build", "extra"],
  ]) {
    assert.equal(runCommand(words).status, 64, words.join(" "));
  }
});

test("what the user has to put right is a line without a stack, and status 1", () => {
  const { status, stdout, stderr } = runCommand(["build", "--config", "/nowhere.yaml", "--out", "/dev/null/x"]);
  assert.deepEqual([status, stdout], [1, ""]);
  assert.match(stderr, /^\/nowhere\.yaml: cannot read the configuration: no such file/);
  assert.doesNotMatch(stderr, /^ +at /m);
});

test("help that nobody reads to its end is no fault", () => {
  assert.deepEqual(runCut(["--help"], "true"), { status: 0, stdout: "", stderr: "" });
});
