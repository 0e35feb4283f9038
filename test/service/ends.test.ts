import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { ask, type Reply } from "../../src/service/ask.ts";
import type { ServiceState } from "../../src/service/state-file.ts";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, type Ended, GUEST, hook, LAUNCHER, start } from "../support/launcher.ts";
import { commandLine, waitFor } from "../support/process.ts";
import { descendants, type ServiceRole, serviceProcesses } from "../support/service-processes.ts";

/** A policy that takes a while, and one that denies one guest. */
const POLICIES = {
  slow: 'if (context.object === "slow") for (const end = Date.now() + 1500; Date.now() < end; );',
  denies: 'if (context.object !== "web1") context.deny("no")',
};

let built: Built;
let folder: string;
before(async () => {
  built = await build(POLICIES, "limits: { time: 5s }\n");
});

/** A service as an administrator starts it. */
interface Served {
  readonly keeper: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly socket: string;
}

/** @param before The words of a program that starts it. */
async function serve(...before: readonly string[]): Promise<Served> {
  folder = await makeFolder();
  const socket = join(folder, "run/admit.sock");
  const words = ["serve", "--bundle", built.bundle, "--socket", socket, "--evaluators", "1"];
  const [program = LAUNCHER, ...rest] = [...before, LAUNCHER, ...words];
  const started = start(program, rest);
  const served = { keeper: started.child, ended: started.ended, socket };
  await ready(served);
  return served;
}

/** Waits until a service decides, and gives what it says of itself. */
async function ready({ socket }: Served, than?: number): Promise<ServiceState> {
  return waitFor(() => {
    try {
      const state = JSON.parse(readFileSync(join(socket, "../serve.json"), "utf8")) as ServiceState;
      return state.ready && state.pid !== than ? state : undefined;
    } catch {
      return undefined;
    }
  });
}

function pidOf({ keeper }: Served, role: ServiceRole): number {
  const found = serviceProcesses(keeper.pid ?? 0).find((each) => each.role === role);
  return found?.pid ?? assert.fail(`there is no ${role}`);
}

function asked({ socket }: Served, object: string): Promise<Reply | Error> {
  const words = ["qemu", object, "prepare", "begin", "-"];
  return ask(socket, { words, digest: "-", document: Buffer.from(GUEST), left: 1000 }).catch((error: Error) => error);
}

/** Asks until the service decides. */
async function decided(served: Served, object: string): Promise<string> {
  for (const end = performance.now() + 10_000; performance.now() < end; ) {
    const reply = await asked(served, object);
    if ("record" in reply) return reply.record;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("the service did not come to decide");
}

async function goneAll(pids: readonly number[]): Promise<void> {
  await waitFor(() => (pids.every((pid) => commandLine(pid)[0] === "") ? true : undefined));
}

describe("whatever is killed", () => {
  let served: Served;
  before(async () => {
    served = await serve();
  });
  after(async () => {
    served.keeper.kill("SIGTERM");
    await served.ended;
  });

  test("an evaluator in the midst of a decision leaves it to the asker at once, and another one takes its place", async () => {
    await decided(served, "web1");
    const reply = asked(served, "slow");
    await new Promise((resolve) => setTimeout(resolve, 300));
    process.kill(pidOf(served, "evaluator"), "SIGKILL");
    assert.match(JSON.stringify(await reply), /the evaluator is gone/);
    assert.match(await decided(served, "bad"), /^verdict 1$/m);
  });

  test("the listener cuts off who asks, and the next one answers on the same socket", async () => {
    const reply = asked(served, "slow");
    await new Promise((resolve) => setTimeout(resolve, 300));
    const old = descendants(pidOf(served, "supervisor")).slice(1);
    process.kill(pidOf(served, "listener"), "SIGKILL");
    assert.ok((await reply) instanceof Error);
    // whoever comes before the next one is there waits for it
    const next = await asked(served, "web1");
    assert.ok(!(next instanceof Error), String(next));
    assert.match(await decided(served, "bad"), /^verdict 1$/m);
    await goneAll(old);
  });

  test("the supervisor leaves no process, and is started again", async () => {
    const supervisor = pidOf(served, "supervisor");
    const old = descendants(supervisor);
    process.kill(supervisor, "SIGKILL");
    await goneAll(old);
    assert.notEqual((await ready(served, supervisor)).pid, supervisor);
    assert.match(await decided(served, "bad"), /^verdict 1$/m);
  });
});

test("a stop ends what was begun, takes nothing new, and leaves nothing", async () => {
  const served = await serve();
  const all = descendants(served.keeper.pid ?? 0);
  await decided(served, "web1");
  const reply = asked(served, "slow");
  await new Promise((resolve) => setTimeout(resolve, 300));
  served.keeper.kill("SIGTERM");
  const last = await reply;
  assert.match("record" in last ? last.record : String(last), /^verdict 1$/m);
  const { status, stderr } = await served.ended;
  assert.equal(status, 0);
  assert.match(stderr, /^virt-warden: serving bundle \w{12} on .*admit\.sock; 1 evaluator ready\n/);
  assert.ok(!existsSync(served.socket) && !existsSync(join(served.socket, "../serve.json")));
  await goneAll(all);
});

test("Ctrl-C in a terminal, which reaches the whole group, lets it end what was begun", async () => {
  const served = await serve("setsid");
  const reply = asked(served, "slow");
  await new Promise((resolve) => setTimeout(resolve, 300));
  process.kill(-(served.keeper.pid ?? assert.fail("it did not start")), "SIGINT");
  const last = await reply;
  assert.match("record" in last ? last.record : String(last), /^verdict 1$/m);
  const { status, stderr } = await served.ended;
  assert.deepEqual([status, stderr.match(/SIG|started again/)], [0, null]);
});

test("a second service on the same socket is refused; one that is left of a dead service is replaced", async () => {
  const served = await serve();
  const second = await start(LAUNCHER, ["serve", "--bundle", built.bundle, "--socket", served.socket]).ended;
  assert.deepEqual([second.status, second.stderr.match(/another service does/)?.length], [1, 1]);
  const all = descendants(served.keeper.pid ?? 0);
  served.keeper.kill("SIGKILL");
  await served.ended;
  await goneAll(all);
  const words = ["serve", "--bundle", built.bundle, "--socket", served.socket, "--evaluators", "1"];
  const third = start(LAUNCHER, words);
  await decided({ ...served, keeper: third.child }, "bad");
  third.child.kill("SIGINT");
  assert.equal((await third.ended).status, 0);
});

test("where somebody removed a service's socket, the next service makes another", async () => {
  const served = await serve();
  rmSync(served.socket);
  const second = start(LAUNCHER, ["serve", "--bundle", built.bundle, "--socket", served.socket, "--evaluators", "1"]);
  await decided({ ...served, keeper: second.child }, "bad");
  const { pid } = await ready(served, pidOf(served, "supervisor"));
  served.keeper.kill("SIGTERM");
  assert.equal((await served.ended).status, 0);
  // what the other one leaves is as it was
  assert.equal((await ready(served)).pid, pid);
  assert.ok("record" in (await asked(served, "bad")));
  second.child.kill("SIGTERM");
  assert.equal((await second.ended).status, 0);
});

test("without a bundle, or where others may write to the socket's folder, or for too long a path, it does not start", async () => {
  const empty = await makeFolder();
  const path = join(empty, "s".repeat(108 - `${empty}/`.length));
  const long = await start(LAUNCHER, ["serve", "--bundle", built.bundle, "--socket", path]).ended;
  assert.deepEqual([long.status, long.stderr.includes("has at most 107 bytes, this one 108")], [1, true]);
  const { status, stderr } = await start(LAUNCHER, ["serve", "--bundle", empty, "--socket", `${empty}/s`]).ended;
  assert.equal(status, 1);
  assert.match(stderr, /^.*: cannot read the bundle: there is none: run virt-warden build\n$/);
  const { chmod } = await import("node:fs/promises");
  await chmod(empty, 0o777);
  const open = await start(LAUNCHER, ["serve", "--bundle", built.bundle, "--socket", `${empty}/s`]).ended;
  assert.deepEqual([open.status, open.stderr.includes("others may write to it")], [1, true]);
});

test("hooks decide the same without any service", async () => {
  assert.equal((await hook(built.bundle, ["qemu", "bad", "prepare", "begin", "-"])).status, 1);
});
