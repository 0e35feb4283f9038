import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import type { Built } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { copyProduct } from "../../support/product-copy.ts";
import { buildNoBad, callThrough } from "./call.ts";
import { assertNeverWrong, assertRightVerdicts } from "./expect.ts";

/** Limits by prlimit's names, in bytes and seconds: what is more, and what is less than a hook needs. */
const LIMITS = {
  core: ["unlimited", "0"],
  data: ["unlimited", "1024000"],
  fsize: ["unlimited", "0", "512"],
  nofile: ["20"],
  stack: ["unlimited", "65536", "67108864"],
  cpu: ["unlimited", "1"],
  nproc: ["1"],
  as: ["unlimited", "102400000"],
};

const ALL = Object.entries(LIMITS).flatMap(([name, values]) => values.map((value) => `--${name}=${value}`));

describe("a hook that inherits a huge or a tiny limit", () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
    await chmod(join(built.bundle, ".."), 0o755);
  });

  for (const limit of ALL) {
    test(`judges the same under prlimit ${limit}:, which it may lift`, async () => {
      await assertRightVerdicts((options) => callThrough(["prlimit", `${limit}:`], built.bundle, options), limit);
    });
  }

  // root in a container may not lift hard limits either
  for (const limit of ALL.filter((each) => !each.endsWith("unlimited"))) {
    test(`never allows what it should not under prlimit ${limit}, for good`, async () => {
      await assertNeverWrong((options) => callThrough(["prlimit", limit], built.bundle, options), limit);
    });
  }

  test("never allows what it should not when an ordinary user calls it", { ...needsRoot() }, async () => {
    const uid = 65_533;
    const launcher = await copyProduct(uid);
    const user = ["setpriv", "--reuid", `${uid}`, "--regid", `${uid}`, "--clear-groups"];
    for (const limit of ["--data=1024000", "--fsize=0", "--stack=65536", "--as=102400000"]) {
      const program = ["prlimit", limit, ...user];
      await assertNeverWrong((options) => callThrough(program, built.bundle, { ...options, launcher }), limit);
    }
  });
});
