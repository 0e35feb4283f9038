import assert from "node:assert/strict";
import { test } from "node:test";
import { buildFiles, buildProblems, policy } from "./build.ts";

function checking(code: string): Record<string, string> {
  const check = `check({ domain, deny }) { void deny;\n${code}\n}`;
  return { "policies/a.ts": policy("a").replace("check() {}", check) };
}

/** What is wrong with a check's code, without file and line. */
async function problemsIn(code: string): Promise<string[]> {
  const lines = await buildProblems(checking(code));
  return lines.map((line) => line.replace(/^policies\/a\.ts:\d+:\d+: /, ""));
}

/** The code for each disk. */
const forDisks = (code: string) => `for (const disk of domain.devices?.disk ?? []) { ${code} }`;

const ADVICE = "first look at what tells them apart, such as the type (TS2339)";

test("a property that only some kinds have says which, and to look at the type first", async () => {
  assert.deepEqual(await problemsIn(forDisks("void disk.source?.file; void disk.source?.protocol; void disk.rawio;")), [
    `Only DomainDiskFileSource has 'file': ${ADVICE}`,
    `Only DomainDiskNetworkSource has 'protocol': ${ADVICE}`,
    `Only DomainDiskBlock, DomainDiskNetwork and DomainDiskVolume have 'rawio': ${ADVICE}`,
  ]);
});

test("of few kinds that lack a property those are listed, and of many the first", async () => {
  const interfaces = "for (const nic of domain.devices?.interface ?? []) void nic.source;";
  const disks = forDisks("if (disk.type === 'network' && disk.source !== undefined) void disk.source.auth;");
  assert.deepEqual(await problemsIn(`${interfaces}\n${disks}`), [
    `DomainInterfaceNull has no 'source', unlike other kinds: ${ADVICE}`,
    `DomainDiskNetworkSourceNbd, DomainDiskNetworkSourceGluster, DomainDiskNetworkSourceSheepdogTftp and 2 more have no 'auth', unlike other kinds: ${ADVICE}`,
  ]);
});

test("after some kinds are ruled out, only those that are left count", async () => {
  assert.deepEqual(await problemsIn(forDisks("if (disk.type === 'dir' || disk.type === 'block') void disk.rawio;")), [
    `Only DomainDiskBlock has 'rawio': ${ADVICE}`,
  ]);
  assert.deepEqual(await problemsIn(forDisks("if (disk.type === 'dir' || disk.type === 'file') void disk.rawio;")), [
    "Property 'rawio' does not exist on type 'DomainDiskDir | DomainDiskFile' (TS2339)",
  ]);
});

test("a property that no kind has is told as it is", async () => {
  const expected = ["Property 'tray' does not exist on type 'DomainDisk' (TS2339)"];
  assert.deepEqual(await problemsIn(forDisks("void disk.tray;")), expected);
  assert.deepEqual(await problemsIn(forDisks("const { tray } = disk; void tray;")), expected);
  assert.deepEqual(await problemsIn(forDisks("if (disk.type === 'dir') void disk.tray;")), [
    "Property 'tray' does not exist on type 'DomainDiskDir' (TS2339)",
  ]);
});

test("a mistyped property keeps what the compiler takes it for", async () => {
  assert.deepEqual(await problemsIn(forDisks("void disk.sourcee;")), [
    "Property 'sourcee' does not exist on type 'DomainDisk'. Did you mean 'source'? (TS2551)",
  ]);
});

test("a mistyped property that only some kinds have gets the same advice", async () => {
  const [line = ""] = await problemsIn(forDisks("void disk.source?.fiel;"));
  assert.match(line, /^Property 'fiel' does not exist on type 'DomainDisk[^']+…'; did you mean file\? \(TS2339\)$/);
});

test("unions of a policy's own keep the compiler's words", async () => {
  assert.deepEqual(await problemsIn("const f = (x: { a: 1 } | { b: 2 }) => x.a; void f;"), [
    "Property 'a' does not exist on type '{ a: 1; } | { b: 2; }': Property 'a' does not exist on type '{ b: 2; }' (TS2339)",
  ]);
});

test("after a look at the type the property is there", async () => {
  const code = "for (const disk of domain.devices?.disk ?? []) if (disk.type === 'file') void disk.source?.file;";
  await assert.doesNotReject(buildFiles(checking(code)));
});
