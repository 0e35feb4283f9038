import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { productRoot } from "../../../src/product.ts";
import type { Built } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { buildNoBad, callOn } from "./call.ts";
import { assertNeverWrong, assertRightVerdicts } from "./expect.ts";

/** Product and bundle may lie in /tmp themselves. */
function movedTo(folder: string, bundle: string): string {
  return `mount -t tmpfs none ${folder} && mkdir ${folder}/product ${folder}/policies &&
    mount --rbind ${productRoot} ${folder}/product && mount --bind ${bundle}/.. ${folder}/policies && cd /`;
}

/** Puts a folder out of the way: nothing can be made in it. */
const HIDE = "hide() { mount -t tmpfs -o ro,mode=555,nr_inodes=1 none $1; }";

// what host-faults.test.ts holds: these folders full
describe("on a host without folders for short-lived files", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await buildNoBad();
    // a log in /tmp would be missing with it
    const launch = join(built.bundle, "current/launch");
    const text = await readFile(launch, "utf8");
    await writeFile(launch, text.replace(/^log .*$/m, "log /mnt/policies/decisions.log"));
  });

  const call = (script: string) => (options: object) =>
    callOn(`${movedTo("/mnt", built.bundle)} && ${HIDE} && ${script}`, "/mnt/policies/bundle", {
      ...options,
      launcher: "/mnt/product/bin/virt-warden",
    });

  for (const folder of ["/tmp", "/dev/shm", "/run"]) {
    test(`judges the same without ${folder}`, async () => {
      await assertRightVerdicts(call(`hide ${folder}`), folder);
    });
  }

  test("judges the same with /tmp alone, and with /run alone", async () => {
    await assertRightVerdicts(call("hide /run && hide /dev/shm"), "/tmp alone");
    await assertRightVerdicts(call("hide /tmp && hide /dev/shm"), "/run alone");
  });

  test("refuses, or judges the same, without any of them, or without /var", async () => {
    await assertNeverWrong(call("hide /run && hide /dev/shm && hide /tmp"), "none");
    await assertNeverWrong(call("hide /var"), "/var");
  });
});
