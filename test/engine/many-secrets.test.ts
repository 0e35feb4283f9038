import assert from "node:assert/strict";
import { test } from "node:test";
import { guest } from "../support/documents.ts";
import { build, hook } from "../support/launcher.ts";

const TELLS = `import { definePolicy } from "virt-warden";
export default definePolicy({
  name: "tells",
  on: ["qemu/restore"],
  needs: ["secrets"],
  check({ domain, deny }) {
    const [disk] = domain.devices?.disk ?? [];
    const cookies = disk?.type === "network" && disk.source?.protocol === "https" ? (disk.source.cookies?.cookie ?? []) : [];
    for (const { value } of cookies.slice(0, 100)) deny(value + " is no cookie ".repeat(200));
  },
});
`;

test("a guest with thousands of secrets is judged within the deadline, however much a policy tells", async () => {
  const built = await build({ tells: TELLS });
  const cookies = Array.from({ length: 8000 }, (_, index) => `<cookie name='c${index}'>s=c00kie ${index};</cookie>`);
  const source = `<source protocol='https' name='a'><host name='h'/><cookies>${cookies.join("")}</cookies></source>`;
  const document = guest(`<devices><disk type='network'>${source}<target dev='vda'/></disk></devices>`);
  const { status, stderr } = await hook(built.bundle, ["qemu", "web1", "restore", "begin", "-"], document);
  assert.equal(status, 1, stderr);
  assert.match(stderr, /^virt-warden: denied by tells: \*{8} is no cookie /);
  assert.ok(!stderr.includes("c00kie"));
});
