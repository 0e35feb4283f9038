import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import vm from "node:vm";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { buildFiles, policy } from "./build.ts";

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");

/** The default export of a policy's slice of the code. */
function load({ code, manifest }: Bundle, index: number): unknown {
  const { offset = 0, length = 0 } = manifest.policies[index] ?? {};
  const script = Buffer.from(code.subarray(offset, offset + length)).toString();
  return vm.runInNewContext(`${script}; __policy.default`);
}

test("the manifest holds what policies say of themselves and what the configuration says of them", async () => {
  const { manifest } = await buildFiles({
    "virt-warden.yaml": `limits: { time: 500ms, memory: 16MiB, deadline: 5s }
log: /var/log/x.log
rules:
  a:
    mode: warn
    onError: allow
    exempt: [{ domain: "build-*", reason: CI, expires: 2999-01-31 }]
`,
    "policies/a.ts": policy(
      "a",
      `
  description: "What a is for.",
  on: ["lxc/started", "qemu/migrate"],
  needs: ["secrets", "guests", "secrets"],
  whenRunning: "kill",
  rewrite({ edit }) { edit.setText("title", "a"); },`,
    ),
    "policies/b.ts": policy("b"),
  });
  const [a, b] = manifest.policies;
  const { offset: start, length, ...restA } = a ?? assert.fail();
  const { offset, length: _, ...restB } = b ?? assert.fail();
  assert.deepEqual(restA, {
    name: "a",
    description: "What a is for.",
    on: ["lxc/started", "qemu/migrate"],
    needs: ["secrets", "guests"],
    whenRunning: "kill",
    rewrites: true,
    file: "policies/a.ts",
    mode: "warn",
    onError: "allow",
    settings: {},
    exempt: [{ domain: "build-*", reason: "CI", expires: "2999-01-31" }],
  });
  assert.deepEqual(restB, {
    name: "b",
    on: ["qemu/prepare", "qemu/migrate", "qemu/restore"],
    needs: [],
    rewrites: false,
    file: "policies/b.ts",
    mode: "enforce",
    onError: "deny",
    settings: {},
    exempt: [],
  });
  assert.equal(start, 0);
  assert.equal(offset, length);
  assert.deepEqual(manifest.limits, { time: 500, memory: 16_777_216, deadline: 5000 });
  assert.equal(manifest.log, "/var/log/x.log");
});

test("settings are what the policy's schema made of them", async () => {
  const source = policy(
    "a",
    "\n  settings: v.object({ allowed: v.optional(v.array(v.string()), ['default']), n: v.number() }),",
  );
  const { manifest } = await buildFiles({
    "virt-warden.yaml": "rules: { a: { settings: { n: 7 } } }\n",
    "policies/a.ts": `import * as v from "valibot";\n${source}`,
  });
  assert.deepEqual(manifest.policies[0]?.settings, { allowed: ["default"], n: 7 });
});

test("each policy is a slice of one file that runs by itself, whatever letters it has", async () => {
  const files = {
    "policies/a.ts": policy("a", '\n  description: "Größe → 漢字 𝒳",'),
    "policies/b.ts": `import { text } from "../shared/text.ts";\nimport data from "../shared/data.json";\n${policy("b", "\n  description: text + data.x,")}`,
    "shared/text.ts": 'export const text: string = "shared ";\n',
    "shared/data.json": '{ "x": "data" }',
  };
  const bundle = await buildFiles(files);
  assert.equal((load(bundle, 0) as { description: string }).description, "Größe → 漢字 𝒳");
  assert.equal((load(bundle, 1) as { name: string }).name, "b");
  assert.equal(bundle.manifest.policies[1]?.description, "shared data");
});

test("digests cover the code and the manifest, and the same sources give the same bundle", async () => {
  const files = { "policies/a.ts": policy("a") };
  const [first, second] = [await buildFiles(files), await buildFiles(files)];
  assert.deepEqual(first.manifest.code, { bytes: first.code.length, sha256: sha256(first.code) });
  assert.equal(first.digest, sha256(first.manifestText));
  assert.deepEqual(JSON.parse(first.manifestText), first.manifest);
  assert.equal(second.digest, first.digest);
});

test("a package beside the policies goes before the one that virt-warden brings", async () => {
  const { manifest } = await buildFiles({
    "node_modules/valibot/package.json": '{ "name": "valibot", "main": "index.js", "types": "index.d.ts" }',
    "node_modules/valibot/index.js": 'export const own = "their own";\n',
    "node_modules/valibot/index.d.ts": "export declare const own: string;\n",
    "policies/a.ts": `import { own } from "valibot";\n${policy("a", "\n  description: own,")}`,
  });
  assert.equal(manifest.policies[0]?.description, "their own");
});

test("a tsconfig.json beside the policies changes nothing", async () => {
  const tsconfig = '{ "compilerOptions": { "strict": false, "paths": { "virt-warden": ["./none.ts"] } } }';
  const plain = await buildFiles({ "policies/a.ts": policy("a") });
  const other = await buildFiles({ "policies/a.ts": policy("a"), "tsconfig.json": tsconfig });
  assert.equal(other.digest, plain.digest);
});

test("an exemption counts on its last day in UTC, and warns from the next day on", async () => {
  const files = {
    "virt-warden.yaml": "rules:\n  a:\n    exempt:\n      - { domain: vm1, reason: moving, expires: 2027-01-31 }\n",
    "policies/a.ts": policy("a"),
  };
  const lastDay = await buildFiles(files, new Date("2027-01-31T23:59:59Z"));
  assert.deepEqual(lastDay.warnings, []);
  const { warnings } = await buildFiles(files, new Date("2027-02-01T00:00:00Z"));
  assert.deepEqual(
    warnings.map(({ line, column, message }) => [line, column, message]),
    [[4, 9, "exemption of vm1 from a expired on 2027-01-31, so it exempts nobody: renew or remove it"]],
  );
});

test("what the bundler warns of is a warning with its place", async () => {
  const source = `${policy("a")}export const same = -0 === Number("x");\nexport const never = {} === {};\n`;
  const { warnings } = await buildFiles({ "policies/a.ts": source.replace("{} === {}", "(NaN as number) === 1") });
  for (const { file, line } of warnings) assert.ok(file.endsWith("policies/a.ts") && (line ?? 0) > 5);
  assert.ok(warnings.length > 0);
});
