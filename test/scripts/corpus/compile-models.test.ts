import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmod, cp, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { productRoot } from "../../../src/product.ts";
import { makeFolder } from "../../support/folder.ts";
import { GUEST } from "./run-corpus.ts";

const PLATFORM = `node_modules/@typescript/typescript-${process.platform}-${process.arch}`;

/** A part of the guest below that is wrong, as the compiler would print it. */
const ERROR = "0.ts(2,14): error TS2741: Property 'os' is missing in type '{}' but required in type 'Domain'.";

/** What is said of a good guest where the compiler is this shell script, or not a program. */
async function checkWith(script: string, mode = 0o755): Promise<{ status: number | null; stderr: string }> {
  const folder = await makeFolder({
    "a.xml": GUEST,
    "node_modules/typescript/package.json": "{}",
    [`${PLATFORM}/package.json`]: "{}",
    [`${PLATFORM}/lib/tsc`]: `#!/bin/sh\n${script}\n`,
  });
  await chmod(join(folder, PLATFORM, "lib/tsc"), mode);
  for (const part of ["package.json", "scripts/corpus", "src", "typings"]) {
    await cp(join(productRoot, part), join(folder, part), { recursive: true });
  }
  const packages = (await readdir(join(productRoot, "node_modules"))).filter((name) => !name.endsWith("typescript"));
  for (const name of packages) {
    await symlink(join(productRoot, "node_modules", name), join(folder, "node_modules", name));
  }
  const words = [join(folder, "scripts/corpus/main.ts"), "a.xml"];
  return spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
}

describe("the corpus check takes no model for right", () => {
  const cases: [what: string, script: string, mode: number, said: RegExp][] = [
    ["a compiler that cannot be run", "", 0o644, /^Cannot compile the models: .*EACCES$/m],
    ["a compiler that is killed", "kill -KILL $$", 0o755, /^Cannot compile the models: SIGKILL ended the compiler$/m],
    [
      "a compiler that is killed after its first error",
      `echo "${ERROR}"; kill -KILL $$`,
      0o755,
      /^Cannot compile the models: SIGKILL ended the compiler$/m,
    ],
    [
      "a compiler that fails without saying where",
      "echo panic; echo goroutine 1 >&2; exit 2",
      0o755,
      /^Cannot compile the models: the compiler ended with 2: panic\ngoroutine 1$/m,
    ],
  ];
  for (const [what, script, mode, said] of cases) {
    it(`after ${what}`, async () => {
      const { status, stderr } = await checkWith(script, mode);
      assert.match(stderr, said);
      assert.equal(status, 1);
    });
  }

  it("but one that compiles", async () => {
    const { status, stderr } = await checkWith("exit 0");
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });
});
