import assert from "node:assert/strict";
import { readdirSync, readlinkSync } from "node:fs";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { waitFor } from "../../support/process.ts";
import { processorSeconds } from "./processor-seconds.ts";
import { makeProduct, type Product } from "./product.ts";
import { evaluatorOf, startHook, uniqueName } from "./run-probe.ts";

/** Opens thirty descriptors of the caller's, from 20 on, as only bash can, and three that the launcher has in use. */
const OPEN_MANY = 'for fd in 3 5 9 {20..49}; do eval "exec $fd<>\\"$0\\""; done; exec "$@"';

describe("the descriptors of a policy's process", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await build({ loop: "for (;;);" }, "limits: { time: 20s, deadline: 60s }");
  });

  test("are its own: none leads to the caller's stdout, stderr or files", async () => {
    const targets = await targetsOf(await makeProduct("real"));
    assert.match(targets[1] ?? "", /\/dist\/evaluator\.pack$/);
    assert.equal(targets[2], "/dev/null");
    const own =
      /^\/dev\/null$|\/virt-warden\.[\w-]+ \(deleted\)$|\/policies\.js$|\/manifest\.json$|\/bin\/node$|\/evaluator(?:-loader\.cjs|\.pack)$|\.node$/;
    for (const target of Object.values(targets).filter((each) => each.startsWith("/"))) assert.match(target, own);
  });

  test("would be the caller's as well, if it did not close those", async () => {
    const targets = await targetsOf(await makeProduct("real", [{ from: "inherited=$inherited,$descriptor", to: ":" }]));
    assert.equal(Object.values(targets).filter((target) => target === built.config).length, 30);
  });

  /** What the descriptors of a policy's process lead to, while it loops. */
  async function targetsOf(product: Product): Promise<Readonly<Record<string, string>>> {
    const object = uniqueName();
    const { ended } = startHook(product, built, GUEST, { object, through: ["bash", "-c", OPEN_MANY, built.config] });
    const pid = await waitFor(() => {
      const found = evaluatorOf(object);
      return found !== undefined && processorSeconds(found) > 0.5 ? found : undefined;
    });
    const targets = readdirSync(`/proc/${pid}/fd`).map((fd) => [fd, readlinkSync(`/proc/${pid}/fd/${fd}`)]);
    process.kill(pid, "SIGKILL");
    await ended;
    return Object.fromEntries(targets) as Record<string, string>;
  }
});
