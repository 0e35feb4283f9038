import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { outputs } from "../../scripts/docs/outputs.ts";
import { productRoot } from "../../src/product.ts";

const BASH_COMPLETION = join(productRoot, "completions/virt-warden.bash");

/** What bash offers for these words, the last of which is being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const script = `source "$0"; compopt() { :; }; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _virt_warden; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", script, BASH_COMPLETION, ...words], { cwd: productRoot, encoding: "utf8" })
    .trim()
    .split("\n");
}

/** Why a program that CI installs is not here; there it must be. */
function missing(...programs: readonly string[]): string | false {
  const absent = programs.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
  if (absent.length === 0) return false;
  const problem = `not found: apt-get install --no-install-recommends ${absent.join(" ")}`;
  if (process.env.CI) throw new Error(`Cannot test the documentation: ${problem}`);
  return problem;
}

test("the reference, the man page and the completions are what the commands and typings say", async () => {
  for (const { file, text } of await outputs()) {
    assert.equal(readFileSync(join(productRoot, file), "utf8"), text, `${file} is not current: npm run docs`);
  }
});

test("every line of the reference's commands fits a terminal of 80 columns", async () => {
  const page = readFileSync(join(productRoot, "docs/commands.md"), "utf8");
  const blocks = page.match(/^```text\n[\s\S]*?^```/gm) ?? [];
  const long = blocks.flatMap((block) => block.split("\n").slice(2)).filter((line) => line.length > 80);
  assert.deepEqual(long, []);
});

test("bash completes commands, options, events and folders", () => {
  assert.deepEqual(offered("virt-warden", "bu"), ["build"]);
  assert.deepEqual(offered("virt-warden", "eval", "--ev"), ["--event"]);
  assert.deepEqual(offered("virt-warden", "audit", "--event", "qemu/re"), [
    "qemu/release",
    "qemu/restore",
    "qemu/reconnect",
  ]);
  assert.deepEqual(offered("virt-warden", "build", "--out", "typ"), ["typings"]);
  assert.deepEqual(offered("virt-warden", "help", "do"), ["doctor"]);
});

test("zsh and fish can read their completions, and mandoc the man page", {
  skip: missing("zsh", "fish", "mandoc"),
}, () => {
  const read = (program: string, ...args: readonly string[]) =>
    spawnSync(program, args, { cwd: productRoot, encoding: "utf8" });
  for (const { status, stderr } of [
    read("zsh", "-n", "completions/_virt-warden"),
    read("fish", "-n", "completions/virt-warden.fish"),
    read("mandoc", "-T", "lint", "-W", "error", "man/virt-warden.1"),
  ]) {
    assert.deepEqual([status, stderr], [0, ""]);
  }
  const offer = "complete -C 'virt-warden au'";
  const { stdout } = read("fish", "--no-config", "-c", `source completions/virt-warden.fish; ${offer}`);
  assert.match(stdout, /^audit\t/);
  // bold is a letter struck twice
  const page = read("mandoc", "-T", "ascii", "man/virt-warden.1").stdout.replaceAll(/.[\b]/g, "");
  assert.match(page, /--event <event>/);
});
