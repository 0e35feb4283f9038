import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, build, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { makePrivateRun, type PrivateRun, stateFile } from "../../support/private-run.ts";
import { makeProduct, type Product } from "./product.ts";

const EVENTS = ["qemu/prepare", "qemu/migrate", "qemu/restore", "qemu/reconnect", "network/port-created"];

const policy = (more: string): string => `import { definePolicy } from "virt-warden";
export default definePolicy({ name: "a", on: ${JSON.stringify(EVENTS)}, ${more} check() {} });
`;

const UUID = "5d744f21-ba4a-4d6e-bdb2-30a35ff3207d";
const PORT = `<hookData>
  <network>
    <name>default</name>
  </network>
  <networkport>
    <uuid>${UUID}</uuid>
    <owner>
      <name>web1</name>
    </owner>
  </networkport>
</hookData>`;

describe("an evaluator that was taken over", needsRoot(), () => {
  let product: Product;
  let plain: Built;
  let able: Built;
  let host: PrivateRun;
  before(async () => {
    product = await makeProduct("forger.cjs");
    plain = await build({ a: policy("") });
    able = await build({ a: policy('whenRunning: "kill", rewrite() {},') });
    host = await makePrivateRun();
  });

  const call = (built: Built, verdict: string, event: string, document = GUEST) => {
    const [hook = "", operation = ""] = event.split("/");
    return host.call(built.bundle, [hook, verdict, operation, "begin", "-"], document, product.launcher);
  };
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  test("gives no guest another definition where no policy rewrites", async () => {
    for (const event of ["qemu/prepare", "qemu/migrate", "qemu/restore"]) {
      const { status, stdout } = await call(plain, `0 ${base64("<domain/>")}`, event);
      assert.deepEqual([status, stdout], [3, ""], event);
    }
    const { status, stdout } = await call(able, `0 ${base64("<domain/>")}`, "qemu/prepare");
    assert.deepEqual([status, stdout], [3, ""], "an event at which libvirt takes none");
  });

  test("gives none with a denial, and none that is no base64, where a policy does", async () => {
    assert.equal((await call(able, `0 ${base64("<domain/>")}`, "qemu/migrate")).stdout, "<domain/>");
    const denied = await call(able, `1 ${base64("<domain/>")}`, "qemu/migrate");
    assert.deepEqual([denied.status, denied.stdout], [3, ""]);
    assert.equal((await call(able, "0 <domain/>", "qemu/migrate")).status, 3);
  });

  test("ends no running guest where no policy means to", async () => {
    assert.equal((await call(plain, "1", "qemu/reconnect")).status, 0);
    assert.equal((await call(able, "1", "qemu/reconnect")).status, 1, "it may where one does");
    assert.equal((await call(able, "2", "qemu/reconnect")).status, 0);
    assert.equal((await call(able, "3", "qemu/reconnect")).status, 0);
  });

  test("takes no interface from a running guest", async () => {
    assert.equal((await call(plain, "1", "network/port-created", PORT)).status, 1);
    await host.write("libvirt/qemu/web1.xml", stateFile(`<domain>\n  <source portid='${UUID}'/>\n</domain>`));
    for (const status of ["1", "2", "3"]) {
      assert.equal((await call(plain, status, "network/port-created", PORT)).status, 0, status);
    }
  });
});
