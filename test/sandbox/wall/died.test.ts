import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { type Built, build, type Ended, GUEST } from "../../support/launcher.ts";
import { needsRoot } from "../../support/needs-root.ts";
import { waitFor } from "../../support/process.ts";
import { hookBy, type Run, recordOf } from "./fake.ts";
import { processorSeconds } from "./processor-seconds.ts";
import { makeProduct, type Product } from "./product.ts";
import { buildHonest, evaluatorOf, lastLine, startHook, uniqueName } from "./run-probe.ts";

const REASON = "stderr virt-warden: denied by a: x";
const DENIAL = "stderr virt-warden: denied by honest: y";

/** Names these policies, and dies. */
function dies(...lines: readonly string[]): Run {
  return { write: [[`${["virt-warden-record 1", ...lines].join("\n")}\n`, 1]], end: "abort" };
}

const SAYS: Run = { write: [[recordOf(1, REASON), 1]] };

describe("when the evaluator dies", { concurrency: 2 }, () => {
  let built: Built;
  let fake: Product;
  before(async () => {
    built = await buildHonest(5);
    fake = await makeProduct("fake.cjs");
  });

  /** A run that is not foreseen writes nothing, which is an engine failure. */
  const answers = async (runs: Readonly<Record<string, Run>>): Promise<boolean> =>
    (await hookBy(fake, built, { ...runs, "*": { write: [] } })).status === 1;

  test("while its only policy ran, that one is blamed and the rest runs again", async () => {
    assert.ok(await answers({ "shared - -": dies("policy a"), "shared - ,a:crash": SAYS }));
  });

  test("after several ran, the last one is run again first and alone, and blamed only then", async () => {
    const first = dies("policy a", "policy b");
    assert.ok(await answers({ "shared - -": first, "alone b -": SAYS }), "it was innocent");
    assert.ok(await answers({ "shared - -": first, "alone b -": dies("policy b"), "alone - ,b:crash": SAYS }));
  });

  test("after a suspect had run alone, the next one is the suspect", async () => {
    const second = dies("policy b", "policy a");
    const third = { "alone a -": dies("policy a"), "alone - ,a:crash": SAYS };
    assert.ok(await answers({ "shared - -": dies("policy a", "policy b"), "alone b -": second, ...third }));
  });

  test("for a policy that ran out of time, that one is blamed at once", async () => {
    const first = dies("policy a", "policy b", "timeout b");
    assert.ok(await answers({ "shared - -": first, "shared - ,b:timeout": SAYS }));
  });

  test("for a policy that ran out of memory, that one is blamed only after it was alone", async () => {
    const first = dies("policy a", "policy b", "memory b");
    const alone = { "alone b -": dies("policy b", "memory b"), "alone - ,b:memory": SAYS };
    assert.ok(await answers({ "shared - -": first, ...alone }));
  });

  test("several times, every culprit is remembered", async () => {
    const then = { "shared - ,a:crash": dies("policy b"), "shared - ,a:crash,b:crash": SAYS };
    assert.ok(await answers({ "shared - -": dies("policy a"), ...then }));
  });

  test("for two policies that behave only when they run first, both are blamed, and the others' denials stand", async () => {
    const patient = await buildHonest(30);
    const failed = ["a", "b"].map((name) => `stderr virt-warden: policy ${name} failed: ended its process`);
    const started = performance.now();
    const { status, stderr } = await hookBy(fake, patient, {
      "shared - -": dies("policy honest", "policy a"),
      "alone a -": dies("policy a", "policy honest", "policy b"),
      "alone b -": dies("policy b", "policy honest", "policy a"),
      "alone - ,a:crash": dies("policy honest", "policy b"),
      "alone - ,a:crash,b:crash": { write: [[recordOf(1, DENIAL, ...failed), 1]] },
      "*": { write: [] },
    });
    assert.equal(stderr, [DENIAL, ...failed].map((line) => `${line.slice("stderr ".length)}\n`).join(""));
    assert.equal(status, 1);
    assert.ok(performance.now() - started < 15_000, "well within the deadline");
  });

  test("before any policy ran, that is an engine failure", async () => {
    const { status, stderr } = await hookBy(fake, built, { "*": dies() });
    assert.match(stderr, /^virt-warden: engine failure: the evaluator ended before any policy ran.*\n$/);
    assert.equal(status, 3);
  });

  test("again and again, the deadline ends that, and names the policy", async () => {
    const short = await buildHonest(1);
    const { status, stderr } = await hookBy(fake, short, { "*": dies("policy a", "policy b") });
    assert.match(stderr, /engine failure: out of time before every policy ran, after policy b ended its process\n$/);
    assert.equal(status, 3);
  });

  test("what was denied before is said and logged, however it ended, unless it acts on a terminal", async () => {
    const short = await buildHonest(1);
    const hangs = (...denials: readonly string[]): Run => ({
      ...dies("policy a", ...denials, "policy b"),
      end: "wait",
    });
    const reason = "virt-warden: engine failure: out of time before every policy ran, while policy b did\n";
    const said = await hookBy(fake, short, { "*": hangs('denied a virt-warden: denied by a: so "x"') });
    assert.deepEqual(said, { status: 3, stdout: "", stderr: `${reason}virt-warden: denied by a: so "x"\n` });
    const { findings } = JSON.parse(await lastLine(short)) as { findings: unknown };
    assert.deepEqual(findings, [{ policy: "a", level: "deny", mode: "enforce", reason: 'so "x"' }]);
    const acts = await hookBy(fake, short, { "*": hangs("denied a virt-warden: denied by a: \u001b[2J") });
    assert.equal(acts.stderr, reason);
  });
});

describe("when a policy's process is killed", { ...needsRoot() }, () => {
  let built: Built;
  before(async () => {
    built = await build(
      { "a-denies": 'context.deny("first");', "b-loops": "for (;;);", "c-denies": 'context.deny("last");' },
      "limits: { time: 20s, deadline: 60s }",
    );
  });

  // PID 1 of a namespace ignores all but SIGKILL
  const reachable = [{ from: "$namespaces --pid --mount-proc --fork --kill-child", to: "$namespaces" }];
  for (const [signal, edits] of [
    ["SIGKILL", []] as const,
    ["SIGABRT", reachable] as const,
    ["SIGSEGV", reachable] as const,
  ]) {
    test(`by ${signal}, that policy is named, and the others' denials stand in their order`, async () => {
      const object = uniqueName();
      const { stderr, status } = await killTwice(await makeProduct("real", edits), signal, object);
      const lines = stderr.split("\n").map((line) => line.slice("virt-warden: ".length));
      assert.deepEqual(lines.slice(0, 2), ["denied by a-denies: first", "denied by c-denies: last"]);
      assert.match(lines[2] ?? "", /^policy b-loops failed: ran out of its 32 MiB of memory, or .*process/);
      assert.equal(status, 1);
      const { policies } = JSON.parse(await lastLine(built, object)) as {
        policies: readonly { name: string; outcome: string }[];
      };
      assert.deepEqual(
        policies.map(({ name, outcome }) => [name, outcome]),
        [
          ["a-denies", "deny"],
          ["b-loops", "failed"],
          ["c-denies", "deny"],
        ],
      );
    });
  }

  /** Kills the evaluator while a policy loops, and again when that one runs alone. */
  async function killTwice(product: Product, signal: NodeJS.Signals, object: string): Promise<Ended> {
    const { ended } = startHook(product, built, GUEST, { object });
    let killed: number | undefined;
    for (let time = 0; time < 2; time += 1) {
      killed = await waitFor(() => {
        const pid = evaluatorOf(object);
        return pid !== undefined && pid !== killed && processorSeconds(pid) > 0.5 ? pid : undefined;
      });
      process.kill(killed, signal);
    }
    return ended;
  }
});
