import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST, hook } from "../support/launcher.ts";

const policy = (name: string, check: string, more = ""): string => `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "${name}",
  on: ["qemu/started", "qemu/reconnect", "qemu/stopped"],
  ${more}
  check({ domain, deny }) { ${check} },
});
`;

const EVENTS = ["started", "reconnect"] as const;

describe("a denial where a refusal would end a running guest", () => {
  let logged: Built;
  let meant: Built;
  before(async () => {
    logged = await build({ logged: policy("logged", 'deny("not here");') });
    meant = await build({
      meant: policy("meant", 'if (domain.name === "bad") deny("not here");', 'whenRunning: "kill",'),
      broken: policy("broken", 'if (domain.name === "broken") throw new Error("broken");', 'whenRunning: "kill",'),
      endless: policy("endless", 'if (domain.name === "endless") for (;;);', 'whenRunning: "kill",'),
    });
  });

  const call = (bundle: string, name: string, operation: string) =>
    hook(bundle, ["qemu", name, operation, "begin", "-"], GUEST.replace("web1", name));

  for (const operation of EVENTS) {
    test(`is only logged at ${operation}`, async () => {
      const { status, stderr } = await call(logged.bundle, "bad", operation);
      assert.equal(status, 0);
      assert.equal(stderr, `virt-warden: only logged at qemu/${operation}: denied by logged: not here\n`);
      assert.match((await readFile(logged.log, "utf8")).split("\n").at(-2) ?? "", /"decision":"allow","status":0/);
    });

    test(`ends it at ${operation} where the policy says that it means it`, async () => {
      const { status, stderr } = await call(meant.bundle, "bad", operation);
      assert.equal(stderr, "virt-warden: denied by meant: not here\n");
      assert.equal(status, 1);
    });
  }

  test("never comes from a failure, even of a policy that means its denials", async () => {
    for (const name of ["broken", "endless"]) {
      const { status, stderr } = await call(meant.bundle, name, "reconnect");
      assert.equal(status, 0, stderr);
      assert.match(stderr, new RegExp(`policy ${name} failed`));
    }
    assert.equal((await hook("/nowhere", ["qemu", "bad", "reconnect", "begin", "-"])).status, 0);
    assert.equal((await call(meant.bundle, "bad", "reconnect")).status, 1);
  });

  test("is only logged at an event that libvirt ignores, whatever the policy says", async () => {
    assert.equal(
      (await hook(meant.bundle, ["qemu", "bad", "stopped", "end", "-"], GUEST.replace("web1", "bad"))).status,
      0,
    );
  });
});
