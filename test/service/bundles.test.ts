import assert from "node:assert/strict";
import { chmod, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { beginBreakGlass, endBreakGlass } from "../../src/break-glass/change.ts";
import { ask, type Reply } from "../../src/service/ask.ts";
import { type Service, startService } from "../../src/service/start-service.ts";
import { stateFileOf } from "../../src/service/state-file.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, GUEST, run } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { waitFor } from "../support/process.ts";

const lines: string[] = [];
let built: Built;
let service: Service;

before(async () => {
  built = await build({ one: 'context.deny("first")' });
  const socket = join(await makeFolder(), "admit.sock");
  service = await startService({ bundleDir: built.bundle, socket, evaluators: 1, say: (line) => lines.push(line) });
  await service.ready;
});
after(() => service.stop());

/** Builds another bundle in the same folder; gives its digest. */
async function rebuild(reason: string): Promise<string> {
  const policy = join(built.folder, "policies/one.ts");
  const source = await readFile(policy, "utf8");
  await writeFile(policy, source.replace(/deny\("[^"]*"\)/, `deny("${reason}")`));
  const { status, stderr } = await run(["build", "--config", built.config, "--out", built.bundle]);
  assert.equal(status, 0, stderr);
  return digestThere();
}

async function digestThere(): Promise<string> {
  const launch = await readFile(join(built.bundle, "current/launch"), "utf8");
  return /^digest (.*)$/m.exec(launch)?.[1] ?? "";
}

function asked(digest: string): Promise<Reply> {
  const words = ["qemu", "web1", "prepare", "begin", "-"];
  return ask(service.socket, { words, digest, document: Buffer.from(GUEST), left: 1000 });
}

test("a new bundle decides for whoever asks by it, and until then nobody does", async () => {
  const digest = await rebuild("second");
  let reply = await asked(digest);
  while ("undecided" in reply) {
    assert.match(reply.undecided, /^another bundle$/);
    reply = await asked(digest);
  }
  assert.match(reply.record, /denied by one: second/);
  assert.match(reply.record, new RegExp(digest));
});

test("while break-glass is in force nobody is answered, and as soon as it is over they are", needsRoot(), async () => {
  beginBreakGlass(built.bundle, 1, { reason: "a test", by: "root" });
  while (!isPaused(await asked("-")));
  endBreakGlass(built.bundle);
  while (isPaused(await asked("-")));
  const said = lines.filter((line) => line.includes("break-glass"));
  assert.deepEqual(said, [
    "virt-warden: break-glass is in force: no decisions are made here",
    "virt-warden: break-glass is over",
  ]);
});

function isPaused(reply: Reply): boolean {
  return "undecided" in reply && reply.undecided === "break-glass is in force";
}

test("a new bundle is found without being asked for", async () => {
  const digest = await rebuild("third");
  await waitFor(() => (service.state.digest === digest ? true : undefined));
  const reply = await asked("-");
  assert.match("record" in reply ? reply.record : "", /denied by one: third/);
});

test("a broken bundle leaves the one before in force, and is said to, once and beside the socket", async () => {
  const { digest } = service.state;
  const current = join(built.bundle, "current");
  const manifest = join(current, "manifest.json");
  const whole = await readFile(manifest);
  await writeFile(manifest, "{}");
  const [first, second] = [await asked("0".repeat(64)), await asked("0".repeat(64))];
  assert.match("record" in first ? first.record : "", /denied by one: third/);
  assert.ok("record" in second);
  assert.equal(lines.filter((line) => line.includes("damaged")).length, 1);
  assert.match(
    service.state.problem ?? "",
    /the bundle that is there cannot be used; \w{12} stays in force: .*damaged/,
  );
  assert.deepEqual(JSON.parse(await readFile(stateFileOf(service.socket), "utf8")), service.state);
  await writeFile(manifest, whole);
  await service.look();
  assert.equal(service.state.problem, undefined);
  assert.equal(service.state.digest, digest);
});

test("a bundle that others may write to, or of an unknown format, does not come into force", async () => {
  const launch = join(built.bundle, "current/launch");
  const text = await readFile(launch, "utf8");
  for (const [spoil, mend, reason] of [
    [() => chmod(launch, 0o666), () => chmod(launch, 0o600), /others than root may write to it/],
    [() => writeFile(launch, text.replace(/\d\n/, "9\n")), () => writeFile(launch, text), /format 9/],
    [() => rename(join(built.bundle, "current"), join(built.bundle, "away")), restoreLink, /there is none/],
  ] as const) {
    await spoil();
    await service.look();
    assert.match(service.state.problem ?? "", reason);
    assert.ok("record" in (await asked("-")));
    await mend();
    await service.look();
    assert.equal(service.state.problem, undefined);
  }
});

function restoreLink(): Promise<void> {
  return rename(join(built.bundle, "away"), join(built.bundle, "current"));
}

test("a link that leads to the version before has that decide again", async () => {
  const digest = await rebuild("fourth");
  await waitFor(() => (service.state.digest === digest ? true : undefined));
  const { stdout } = await run(["--version"]);
  assert.notEqual(stdout, "");
  const versions = join(built.bundle, "versions");
  const { readdir, readlink } = await import("node:fs/promises");
  const other = (await readdir(versions)).find((name) => !digest.startsWith(name));
  const link = join(built.bundle, "current");
  await symlink(join(dirname(await readlink(link)), other ?? ""), `${link}.new`);
  await rename(`${link}.new`, link);
  const before = await digestThere();
  await waitFor(() => (service.state.digest === before ? true : undefined));
  const reply = await asked(before);
  assert.match("record" in reply ? reply.record : "", /denied by one: third/);
});
