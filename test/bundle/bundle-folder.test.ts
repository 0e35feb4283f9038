import assert from "node:assert/strict";
import { mkdir, readdir, readFile, readlink, realpath, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Bundle } from "../../src/bundle/bundle.ts";
import { sha256 } from "../../src/bundle/digest.ts";
import type { Manifest } from "../../src/bundle/manifest.ts";
import { readBundle } from "../../src/bundle/read-bundle.ts";
import { writeBundle } from "../../src/bundle/write-bundle.ts";
import { makeFolder } from "../support/folder.ts";
import { problemsOf } from "../support/problems.ts";

/** A bundle whose code is this text. */
function bundleOf(text: string, change: Partial<Manifest> = {}): Bundle {
  const code = Buffer.from(text);
  const manifest: Manifest = {
    format: 2,
    policies: [],
    limits: { time: 1000, memory: 33_554_432, deadline: 10_000 },
    log: "/var/log/x.log",
    code: { bytes: code.length, sha256: sha256(code) },
    ...change,
  };
  const manifestText = `${JSON.stringify(manifest)}\n`;
  return { manifest, code, manifestText, digest: sha256(manifestText), warnings: [] };
}

const names = async (folder: string) => (await readdir(folder)).sort();
const short = ({ digest }: Bundle) => digest.slice(0, 16);

test("a written bundle is read back, and `current` points at its version", async () => {
  const dir = join(await makeFolder(), "deep/bundle");
  const bundle = bundleOf("a");
  const version = await writeBundle(bundle, dir);
  assert.equal(version, join(dir, "versions", short(bundle)));
  assert.equal(await readlink(join(dir, "current")), `versions/${short(bundle)}`);
  assert.deepEqual(await names(version), ["launch", "manifest.json", "policies.js"]);
  assert.deepEqual(await readBundle(dir), bundle);
});

test("everybody can read a bundle, whatever the umask", async () => {
  const dir = join(await makeFolder(), "bundle");
  const umask = process.umask(0o077);
  try {
    const version = await writeBundle(bundleOf("a"), dir);
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    for (const path of [dir, join(dir, "versions"), version]) assert.equal(await mode(path), "755", path);
    for (const name of await names(version)) assert.equal(await mode(join(version, name)), "644", name);
  } finally {
    process.umask(umask);
  }
});

test("the previous version stays, older ones go, and so does what a killed build left", async () => {
  const dir = await makeFolder({ "versions/.new-old/policies.js": "half" });
  await symlink("versions/x", join(dir, ".new-link"));
  const [a, b, c] = [bundleOf("a"), bundleOf("b"), bundleOf("c")];
  for (const bundle of [a, b, c]) await writeBundle(bundle, dir);
  assert.deepEqual(await names(join(dir, "versions")), [short(b), short(c)].sort());
  assert.deepEqual(await names(dir), [".lock", "current", "versions"]);
  await writeBundle(c, dir);
  assert.deepEqual(await names(join(dir, "versions")), [short(b), short(c)].sort());
  await writeBundle(b, dir);
  assert.deepEqual(await readBundle(dir), b);
  assert.deepEqual(await names(join(dir, "versions")), [short(b), short(c)].sort());
});

test("a reader that resolved `current` before a switch still reads whole files of one version", async () => {
  const dir = await makeFolder();
  const [a, b] = [bundleOf("a"), bundleOf("b")];
  await writeBundle(a, dir);
  const version = await realpath(join(dir, "current"));
  await writeBundle(b, dir);
  assert.equal(await readFile(join(version, "manifest.json"), "utf8"), a.manifestText);
  assert.equal(await readFile(join(version, "policies.js"), "utf8"), "a");
});

test("builds at the same time leave whole versions, and `current` never dangles", async () => {
  const dir = await makeFolder();
  await writeBundle(bundleOf("0"), dir);
  let writing = true;
  const reads = (async () => {
    while (writing) await readFile(join(dir, "current", "launch"));
  })();
  await Promise.all(["1", "2", "3", "4", "5", "6"].map((text) => writeBundle(bundleOf(text), dir)));
  writing = false;
  await reads;
  const { code } = await readBundle(dir);
  assert.match(Buffer.from(code).toString(), /^[1-6]$/);
  assert.equal((await names(join(dir, "versions"))).length, 2);
});

test("a damaged version is replaced by a whole one under another name", async () => {
  const dir = await makeFolder();
  const bundle = bundleOf("a");
  const damaged = await writeBundle(bundle, dir);
  await writeFile(join(damaged, "policies.js"), "");
  assert.equal(await writeBundle(bundle, dir), `${damaged}-2`);
  assert.deepEqual(await readBundle(dir), bundle);
});

test("a write that fails leaves the bundle in force and nothing half-written", async () => {
  const dir = await makeFolder();
  const bundle = bundleOf("a");
  await writeBundle(bundle, dir);
  const broken: Bundle = { ...bundleOf("b"), code: {} as Uint8Array };
  const [line] = await problemsOf(writeBundle(broken, dir), dir);
  assert.match(
    line ?? "",
    /^: cannot write the bundle: .*; run as a user who may write there, or name another folder with --out$/,
  );
  assert.deepEqual(await readBundle(dir), bundle);
  assert.deepEqual(await names(join(dir, "versions")), [short(bundle)]);
});

test("a folder in the place of `current` is left alone", async () => {
  const dir = await makeFolder({ "current/mine.txt": "" });
  await problemsOf(writeBundle(bundleOf("a"), dir), dir);
  assert.deepEqual(await names(join(dir, "current")), ["mine.txt"]);
  assert.deepEqual(await names(dir), [".lock", "current", "versions"]);
});

test("a folder without a bundle says how to get one", async () => {
  const dir = await makeFolder();
  assert.deepEqual(await problemsOf(readBundle(dir), dir), [
    ": cannot read the bundle: there is none: run virt-warden build",
  ]);
});

for (const name of ["launch", "manifest.json", "policies.js"]) {
  test(`a bundle whose ${name} is cut short, changed or missing is refused`, async () => {
    const dir = await makeFolder();
    const bundle = bundleOf("some code");
    const version = await writeBundle(bundle, dir);
    const file = join(version, name);
    const place = `versions/${short(bundle)}/${name}`;
    const whole = await readFile(file);
    const damage = "the bundle is damaged: this file is not what was written: run virt-warden build again";
    for (const contents of ["", whole.subarray(0, -1), Buffer.concat([whole, Buffer.from("x")])]) {
      await writeFile(file, contents);
      assert.deepEqual(await problemsOf(readBundle(dir), dir), [`${place}: ${damage}`]);
    }
    await rm(file);
    const [line] = await problemsOf(readBundle(dir), dir);
    assert.match(line ?? "", new RegExp(`^${place}: cannot read the bundle: ENOENT`));
  });
}

const OTHER = "the bundle has format 3, this virt-warden reads 1 and 2: run virt-warden build again";

test("a bundle of another format says so", async () => {
  const dir = await makeFolder();
  const bundle = bundleOf("a");
  const version = await writeBundle(bundle, dir);
  await writeFile(join(version, "launch"), "virt-warden-bundle 3\nsomething else\n");
  assert.deepEqual(await problemsOf(readBundle(dir), dir), [`versions/${short(bundle)}: ${OTHER}`]);
});

test("a bundle whose manifest alone has another format says so", async () => {
  const dir = await makeFolder();
  const bundle = bundleOf("a", { format: 3 as unknown as 2 });
  await writeBundle(bundle, dir);
  assert.deepEqual(await problemsOf(readBundle(dir), dir), [`versions/${short(bundle)}: ${OTHER}`]);
});

test("a bundle of format 1, built before policies could need anything, is still read", async () => {
  const old = {
    name: "a",
    on: ["qemu/prepare", "qemu/started"],
    file: "policies/a.ts",
    offset: 0,
    length: 4,
    mode: "enforce",
    onError: "deny",
    settings: { most: 2 },
    exempt: [{ domain: "build-*", reason: "CI" }],
  };
  const rest = { limits: { time: 1000, memory: 33_554_432, deadline: 10_000 }, log: "/var/log/x.log" };
  const code = { bytes: 4, sha256: sha256("code") };
  const manifestText = `${JSON.stringify({ format: 1, policies: [old], ...rest, code }, undefined, 2)}\n`;
  const digest = sha256(manifestText);
  const dir = await makeFolder({
    "versions/1/launch": `virt-warden-bundle 1\ndigest ${digest}\ndeadline 1000\ndata 167772160\nlog /var/log/x.log\nwatch qemu/prepare qemu/started\nend\n`,
    "versions/1/manifest.json": manifestText,
    "versions/1/policies.js": "code",
  });
  await symlink("versions/1", join(dir, "current"));
  const bundle = await readBundle(dir);
  assert.deepEqual(bundle.manifest, { format: 2, policies: [{ ...old, needs: [], rewrites: false }], ...rest, code });
  assert.equal(bundle.manifestText, manifestText);
  assert.equal(bundle.digest, digest);
});

test("a bundle's folder may be reached through a link", async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, "real"));
  await symlink("real", join(folder, "link"));
  const bundle = bundleOf("a");
  await writeBundle(bundle, join(folder, "link"));
  assert.deepEqual(await readBundle(join(folder, "real")), bundle);
});
