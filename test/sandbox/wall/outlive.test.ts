import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type Built, type Ended, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { processesWith, readFile, statusOf, waitFor } from "../../support/process.ts";
import { needsLayers } from "./needs-layers.ts";
import { processorSeconds } from "./processor-seconds.ts";
import { type Edit, makeProduct, type Product } from "./product.ts";
import { type Attempt, buildHonest, callHook, evaluatorOf, probe, startHook, uniqueName } from "./run-probe.ts";

const TIMER: Edit = {
  from: 'timer="timeout -s KILL $((left / 100)).$((left / 10 % 10))$((left % 10))"',
  to: 'timer=""',
};
const PROCESSOR: Edit = { from: "ulimit -t $((left > 0 ? left / 25 + 2 : 3600))", to: ":" };
const PARENT: Edit = { from: " --pdeathsig KILL" };
const PROCESSES: Edit = { from: "$namespaces --pid --mount-proc --fork --kill-child", to: "$namespaces" };

/** How long a hook may take whose deadline is a second, in milliseconds; machines are noisy. */
const IN_TIME = 10_000;

/** More processor time than a decision with a deadline of a second may use, in seconds. */
const PROCESSOR_SECONDS = 7;

/** How long it may take until that is used up on a machine that has others to serve, in milliseconds. */
const PROCESSOR_PATIENCE = 60_000;

describe("what a policy's process starts or leaves ends with its decision", { ...needsRoot(), concurrency: 2 }, () => {
  let built: Built;
  let whole: Product;
  before(async () => {
    built = await buildHonest(1);
    whole = await makeProduct("probe.cjs");
  });

  test("a child in a session of its own does, and without --pid stays", async (context) => {
    if (await needsLayers(context, "processes")) return;
    const started = async (product: Product): Promise<number> => {
      const seconds = uniqueSeconds();
      await probe(product, built, { attempt: "leave", seconds });
      return endAll(seconds);
    };
    assert.equal(await started(whole), 0);
    assert.equal(await started(await makeProduct("probe.cjs", [PROCESSES])), 1);
  });

  // each becomes another program, out of reach of signals to the timer's process group
  for (const [name, program] of [
    ["in a session of its own", ["setsid", "sleep"]],
    ["that no longer ends with its parent", ["setpriv", "--pdeathsig", "clear", "setsid", "sleep"]],
  ] as const) {
    test(`a process ${name} does, at the deadline`, async (context) => {
      if (await needsLayers(context, "processes")) return;
      const seconds = uniqueSeconds();
      const { ended, left } = await tryToStay(whole, { attempt: "become", program: [...program, seconds] }, seconds);
      assert.equal(left, 0, "nothing is left");
      assert.equal(ended?.status, 3);
    });
  }

  test("a process that keeps the record open keeps nobody waiting", async () => {
    const seconds = uniqueSeconds();
    const program = ["setpriv", "--pdeathsig", "clear", "setsid", "sleep", seconds];
    const attempt = { attempt: "become", program, held: seconds };
    // as on a host that has no such namespaces
    const poor = await makeProduct("probe.cjs", [{ from: "lacking='' uid", to: "lacking=processes uid" }]);
    for (const product of [whole, poor]) {
      const { ended } = await tryToStay(product, attempt, seconds);
      assert.equal(ended?.status, 3);
    }
  });

  test("shared memory does, and without --ipc stays", async (context) => {
    if (await needsLayers(context, "ipc")) return;
    const made = async (product: Product, bytes: number): Promise<number> => {
      assert.equal(await probe(product, built, { attempt: "share-memory", bytes }), "made");
      return removeShared(bytes);
    };
    const bytes = 4096 + process.pid;
    assert.equal(await made(whole, bytes), 0);
    assert.equal(
      await made(await makeProduct("probe.cjs", [{ from: "$namespaces --ipc", to: "$namespaces" }]), bytes),
      1,
    );
  });

  /** Runs a hook that may hang, and ends whatever it leaves. */
  async function tryToStay(product: Product, attempt: Attempt, word: string): Promise<{ ended?: Ended; left: number }> {
    const hook = startHook(product, built, JSON.stringify(attempt));
    const ended = await Promise.race([hook.ended, sleep(IN_TIME, undefined, { ref: false })]);
    const left = endAll(word);
    hook.child.kill("SIGKILL");
    return ended === undefined ? { left } : { ended, left };
  }
});

describe("a policy's process ends with those who wait for it", { ...needsRoot(), concurrency: 2 }, () => {
  let built: Built;
  before(async () => {
    built = await buildHonest(20);
  });

  test("with its timer, and without --pdeathsig stays", async () => {
    // which would end it as well
    assert.equal(await outlives("timeout", [PROCESSES]), false);
    assert.equal(await outlives("timeout", [PROCESSES, PARENT]), true);
  });

  test("with whoever made its namespace, and without --kill-child stays", async (context) => {
    if (await needsLayers(context, "processes")) return;
    assert.equal(await outlives("unshare", [PARENT]), false);
    assert.equal(await outlives("unshare", [PARENT, { from: " --kill-child" }]), true);
  });

  /** Whether a process is still there when an ancestor of it was killed. */
  async function outlives(ancestor: string, edits: readonly Edit[]): Promise<boolean> {
    const object = uniqueName();
    const document = JSON.stringify({ attempt: "wait" });
    const { ended } = startHook(await makeProduct("probe.cjs", edits), built, document, { object });
    try {
      const pid = await waitFor(() => evaluatorOf(object));
      process.kill(ancestorOf(pid, ancestor), "SIGKILL");
      await sleep(500);
      // one that ended is not replaced: no policy was named
      return readFile(pid, "cmdline") !== "";
    } finally {
      endAll(object);
      await ended;
    }
  }
});

describe("a policy's process that does not end by itself", { ...needsRoot(), concurrency: 2 }, () => {
  let built: Built;
  before(async () => {
    built = await buildHonest(1);
  });

  test("is ended by the deadline, which it cannot stop, and without the timer waits for ever", async () => {
    const whole = await makeProduct("probe.cjs");
    for (const attempt of ["wait", "loop", "stop-all"]) {
      const started = performance.now();
      assert.equal((await callHook(whole, built, JSON.stringify({ attempt }))).status, 3, attempt);
      assert.ok(performance.now() - started < IN_TIME, attempt);
    }
    await withHook([TIMER], "wait", async (pid) => {
      await sleep(2500);
      assert.notEqual(readFile(pid, "cmdline"), "", "it is still there");
    });
  });

  test("is ended by the limit for processor time where the timer fails, and without either loops for ever", async () => {
    await withHook([TIMER], "loop", async (pid) => {
      await waitFor(() => (readFile(pid, "cmdline") === "" ? true : undefined), PROCESSOR_PATIENCE);
    });
    await withHook([TIMER, PROCESSOR], "loop", async (pid) => {
      await waitFor(() => (processorSeconds(pid) > PROCESSOR_SECONDS ? true : undefined), PROCESSOR_PATIENCE);
    });
  });

  test("starts whatever stack was inherited, and without a limit of its own does not start at all", async () => {
    const through = ["prlimit", "--stack=67108864"];
    const patient = await buildHonest(6);
    assert.equal((await callHook(await makeProduct("real"), patient, GUEST, { through })).status, 0);
    const without = await makeProduct("real", [{ from: "ulimit -s 8192", to: ":" }]);
    assert.equal((await callHook(without, built, GUEST, { through })).status, 3);
  });

  /** Looks at the policies' process of a hook without some layers, and ends all of it. */
  async function withHook(
    edits: readonly Edit[],
    attempt: string,
    look: (pid: number) => Promise<void>,
  ): Promise<void> {
    const object = uniqueName();
    const hook = startHook(await makeProduct("probe.cjs", edits), built, JSON.stringify({ attempt }), { object });
    try {
      await look(await waitFor(() => evaluatorOf(object)));
    } finally {
      endAll(object);
      await hook.ended;
    }
  }
});

/** A text of digits by which a process is found again. */
function uniqueSeconds(): string {
  return String(100_000 + Math.floor(Math.random() * 1e9));
}

/** The next process above another that runs this program. */
function ancestorOf(pid: number, program: string): number {
  const parent = Number(statusOf(pid, "PPid")[0]);
  return readFile(parent, "comm").trim() === program ? parent : ancestorOf(parent, program);
}

/** Ends every process with a word; how many there were. */
function endAll(word: string): number {
  const left = processesWith(word);
  for (const pid of left) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // one's end may have ended another
    }
  }
  return left.length;
}

/** Removes shared memory of this size; how much there was. */
function removeShared(bytes: number): number {
  const rows = readFileSync("/proc/sysvipc/shm", "utf8").split("\n");
  const ids = rows.map((row) => row.trim().split(/\s+/)).filter((row) => row[3] === String(bytes));
  for (const row of ids) spawnSync("ipcrm", ["-m", row[1] ?? ""]);
  return ids.length;
}
