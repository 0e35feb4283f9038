import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import { comparable } from "../support/comparable.ts";
import { type Built, build, type Ended, LAUNCHER } from "../support/launcher.ts";
import { needsRoot } from "../support/needs-root.ts";
import { startWarm, warmScript } from "../support/warm.ts";
import { DAEMONS } from "./calls.ts";
import { documentText } from "./documents.ts";
import { ALL, type Entry, name, ONE_EACH } from "./entries.ts";
import { denier, killerOrThrower, renamer, seer } from "./policies.ts";
import { makeReplayHost } from "./replay.ts";
import { replayAll } from "./replay-all.ts";

const LIMITS = "limits: { time: 2s, deadline: 30s }\n";

describe("libvirt's calls of its hooks, by the installed scripts", { ...needsRoot(), timeout: 600_000 }, () => {
  let seeing: Built;
  let denying: Built;
  let failing: Built;

  /** What was replayed without a warm evaluator. */
  const replayed: { built: Built; calls: readonly Entry[]; daemon?: string; ended: readonly Ended[] }[] = [];
  const replay = async (built: Built, calls: readonly Entry[], daemon?: string) => {
    const ended = await replayAll(await makeReplayHost(built.bundle), calls, daemon);
    replayed.push({ built, calls, ended, ...(daemon !== undefined && { daemon }) });
    return ended;
  };

  before(async () => {
    [seeing, denying, failing] = await Promise.all([
      build({ seer, renamer }, LIMITS),
      build({ denier }, LIMITS),
      build({ killerOrThrower }, LIMITS),
    ]);
  });

  it("exit 0 where policies allow, print nothing, and tell policies all that libvirt said", async () => {
    const ended = await replay(seeing, ALL);
    assert.deepEqual(
      statuses(ALL, ended),
      ALL.map((call) => `${name(call)}: ${allowedStatus(call)}`),
    );
    assert.deepEqual(
      ended.filter(({ stdout }) => stdout !== ""),
      [],
    );
    const seen = ALL.filter(hasAll);
    assert.deepEqual(sawIn(seeing.log).sort(), seen.map(sight).sort());
  });

  it("exit 1 where policies deny an admission, with the reason, and 0 where that would end what runs", async () => {
    const ended = await replay(denying, ONE_EACH, "libvirtd");
    assert.deepEqual(
      statuses(ONE_EACH, ended),
      ONE_EACH.map((call) => `${name(call)}: ${call.denial === "refuses" ? 1 : 0}`),
    );
    for (const [index, { denial, event }] of ONE_EACH.entries()) {
      const reason = "virt-warden: denied by denier: nothing passes\n";
      if (denial === "refuses") assert.equal(ended[index]?.stderr, reason, event);
    }
  });

  it("exit 1 also where that ends what runs, for policies that mean it", async () => {
    const killing = ONE_EACH.filter(({ denial }) => denial === "kills").map((call) => ({ ...call, object: "doomed" }));
    const ended = await replay(failing, killing, "libvirtd");
    assert.deepEqual(
      statuses(killing, ended),
      killing.map((call) => `${name(call)}: 1`),
    );
  });

  it("exit 2 where a policy fails at an admission, and end nothing that runs, even for one that might", async () => {
    const ended = await replay(failing, ONE_EACH, "libvirtd");
    assert.deepEqual(
      statuses(ONE_EACH, ended),
      ONE_EACH.map((call) => `${name(call)}: ${call.denial === "refuses" ? 2 : 0}`),
    );
  });

  it("exit 3 where the product is missing at an admission, saying what to do, and end nothing that runs", async () => {
    const ended = await replayAll(await makeReplayHost(denying.bundle, "/nowhere/bin/virt-warden"), ALL);
    assert.deepEqual(
      statuses(ALL, ended),
      ALL.map((call) => `${name(call)}: ${call.denial === "refuses" ? 3 : 0}`),
    );
    for (const [index, { denial, event }] of ALL.entries()) {
      const reason =
        /^virt-warden: engine failure: \/nowhere\/bin\/virt-warden is missing .*; install virt-warden again/m;
      if (denial === "refuses") assert.match(ended[index]?.stderr ?? "", reason, event);
    }
  });

  it("print the document that a policy rewrote, and nothing else, where libvirt takes it", async () => {
    const taking = ONE_EACH.filter(({ readsStdout }) => readsStdout).map((call) => ({ ...call, object: "mover" }));
    const ended = await replay(seeing, taking);
    for (const [index, { event, document, secrets }] of taking.entries()) {
      assert.ok(document);
      const rewritten = documentText(document, secrets).replace(
        "<title>Web server</title>",
        "<title>Moved here</title>",
      );
      assert.deepEqual({ ...ended[index], event }, { status: 0, stdout: rewritten, stderr: "", event });
    }
  });

  it("exit, print and log the same with a warm evaluator, which decides all that is about guests and networks", async () => {
    for (const built of [seeing, denying, failing]) {
      const cold = linesOf(built.log);
      const service = await startWarm(built.bundle);
      const host = await makeReplayHost(built.bundle, LAUNCHER, (hook) =>
        warmScript(hook, built.bundle, service.socket),
      );
      const runs = replayed.filter((run) => run.built === built);
      for (const { calls, daemon, ended } of runs) {
        const warm = await replayAll(host, calls, daemon);
        assert.deepEqual(ends(calls, warm), ends(calls, ended));
      }
      assert.deepEqual(await service.stop(), []);
      assert.deepEqual(linesOf(built.log).slice(cold.length).sort(), cold.sort());
      // the daemon's own events come seldom, and nobody waits for them
      const calls = runs.flatMap((run) => run.calls).filter(({ hook }) => hook !== "daemon");
      const answers = [...new Set(calls.map(({ object }) => object))].flatMap((object) => service.answersAbout(object));
      assert.deepEqual(
        answers,
        calls.map(() => "record"),
      );
    }
  });

  it("note when each daemon started and reloaded, until its shutdown, even without the product", async () => {
    const [start, shutdown, reload] = ["start", "shutdown", "reload"].map(
      (operation) => ALL.find((call) => call.event === `daemon/${operation}`) ?? assert.fail(operation),
    );
    assert.ok(start && shutdown && reload);
    const host = await makeReplayHost(denying.bundle, "/nowhere/bin/virt-warden");
    for (const daemon of ["libvirtd", ...Object.values(DAEMONS)]) {
      const stamp = host.at(`virt-warden/daemons/${daemon}`);
      const started = await host.replay(daemon, [start]);
      assert.equal(readFileSync(stamp, "utf8"), `start ${started.pid}\n`);
      const reloaded = await host.replay(daemon, [start, reload]);
      assert.equal(readFileSync(stamp, "utf8"), `reload ${reloaded.pid}\n`);
      await host.replay(daemon, [shutdown]);
      assert.equal(existsSync(stamp), false, daemon);
    }
  });
});

const statuses = (calls: readonly Entry[], ended: readonly Ended[]) =>
  calls.map((call, index) => `${name(call)}: ${ended[index]?.status}`);

const ends = (calls: readonly Entry[], ended: readonly Ended[]) =>
  calls.map((call, index) => ({ call: name(call), ...ended[index] }));

/** The lines of a decision log, without what each decision has of its own. */
function linesOf(log: string): string[] {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.stringify(comparable(line)));
}

/** A guest's call without its document, as bhyve's driver makes it in libvirt 9.0, can be judged by nobody. */
const hasAll = ({ hook, document }: Entry) => document !== undefined || hook === "daemon";

const allowedStatus = (call: Entry) => (hasAll(call) || call.denial !== "refuses" ? 0 : 3);

/** What a policy sees of a call, as text. */
function sight({ event, object, suboperation, extra, document }: Entry): string {
  const ofNetwork = document === "network" || document === "port";
  return JSON.stringify({
    event,
    object,
    suboperation,
    extra,
    ...(document !== undefined && !ofNetwork && { guest: "web1", title: "Web server" }),
    ...(ofNetwork && { network: "default" }),
    ...(document === "port" && { owner: "web1" }),
    ...(document !== undefined && { root: ofNetwork ? "hookData" : "domain" }),
  });
}

/** What policies wrote that they saw. */
function sawIn(log: string): string[] {
  return readFileSync(log, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string; logs: { policy: string; fields: object }[] })
    .flatMap(({ event, logs }) => logs.map(({ fields }) => JSON.stringify({ event, ...fields })));
}
