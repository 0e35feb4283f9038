import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { bundlePolicies } from "../../src/bundle/bundle-policies.ts";
import { makeFolder } from "../support/folder.ts";

/** The code of a policy that imports these and does this. */
async function codeOf(imports: string, body: string): Promise<string> {
  const source = `import { definePolicy, ${imports} } from "virt-warden";
export default definePolicy({ name: "a", check({ domain, deny }) { ${body} } });
`;
  const folder = await makeFolder({ "a.ts": source });
  const { code, problems, warnings } = await bundlePolicies([join(folder, "a.ts")], folder);
  assert.deepEqual([problems, warnings], [[], []]);
  return Buffer.from(code).toString();
}

/** A text of the library that reads addresses. */
const IP_LIBRARY = /ipaddr/;

/** A text of the file that says what a MAC address is. */
const MAC_LIBRARY = /MAC48|\{2\}:\)\{5\}/;

test("a policy that uses no helper carries none along", async () => {
  const code = await codeOf("", `deny("no");`);
  assert.doesNotMatch(code, IP_LIBRARY);
  assert.doesNotMatch(code, MAC_LIBRARY);
  assert.doesNotMatch(code, /Cannot |ffff|function hostPath|READERS/);
  // a module's frame by the bundler and the policy itself
  assert.ok(code.length < 1500, `${code.length} characters:\n${code}`);
});

test("a policy carries along the helpers that it uses, and no others", async () => {
  const cpus = await codeOf("cpuset", `if (cpuset(domain.vcpu?.cpuset ?? "0").includes(0)) deny("no");`);
  assert.match(cpus, /Cannot read CPU set/);
  assert.doesNotMatch(cpus, IP_LIBRARY);
  assert.doesNotMatch(cpus, MAC_LIBRARY);
  const mac = await codeOf("isMac", `if (!isMac(domain.name)) deny("no");`);
  assert.match(mac, MAC_LIBRARY);
  assert.doesNotMatch(mac, IP_LIBRARY);
  // of the library that has it, one expression
  assert.ok(mac.length < 3000, `${mac.length} characters`);
  assert.match(await codeOf("isIp", `if (!isIp(domain.name)) deny("no");`), IP_LIBRARY);
});
