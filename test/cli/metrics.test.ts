import assert from "node:assert/strict";
import {
  appendFileSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { sha256 } from "../../src/bundle/digest.ts";
import { makeFolder } from "../support/folder.ts";
import { build, hook, run } from "../support/launcher.ts";
import { deniedBy, logLine } from "../support/log-line.ts";
import { readMetrics, samplesOf } from "../support/openmetrics.ts";

test("what the hook decided is counted, in text that each format's readers take", async () => {
  const built = await build({
    denies: 'if (context.object === "bad") context.deny("no");',
    throws: 'if (context.object === "thrown") throw new Error("oh");',
  });
  for (const object of ["web1", "bad", "bad", "thrown"]) {
    await hook(built.bundle, ["qemu", object, "prepare", "begin", "-"]);
  }
  await hook(built.bundle, ["qemu", "web1", "prepare", "begin", "-"], "<domain");
  await hook(built.bundle, ["qemu", "web1", 'x"\\y', "begin", "-"]);
  const { status, stdout, stderr } = await run(["metrics", "--bundle", built.bundle]);
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  const samples = samplesOf(stdout, "openmetrics");
  const digest = sha256(readFileSync(join(built.bundle, "current/manifest.json")));
  const expected = {
    'virt_warden_decisions_total{event="qemu/prepare",decision="allow"}': 1,
    'virt_warden_decisions_total{event="qemu/prepare",decision="deny"}': 4,
    'virt_warden_denials_total{policy="denies"}': 2,
    'virt_warden_policy_failures_total{policy="throws",kind="exception"}': 1,
    'virt_warden_engine_failures_total{code="malformed"}': 1,
    'virt_warden_engine_failures_total{code="unknown-operation"}': 1,
    virt_warden_log_damaged_lines_total: 0,
    virt_warden_decision_duration_seconds_count: 4,
    [`virt_warden_bundle_info{digest="${digest}"}`]: 1,
    virt_warden_break_glass: 0,
  };
  for (const [key, value] of Object.entries(expected)) assert.equal(samples[key], value, `${key}\n${stdout}`);
  assert.ok(Math.abs((samples.virt_warden_last_decision_timestamp_seconds ?? 0) - Date.now() / 1000) < 600);
  const other = await run(["metrics", "--bundle", built.bundle, "--format", "prometheus"]);
  assert.deepEqual(samplesOf(other.stdout, "prometheus"), samples);
  assert.equal(readMetrics(other.stdout, "prometheus").get("virt_warden_denials_total")?.type, "counter");
  assert.equal(readMetrics(stdout, "openmetrics").get("virt_warden_denials")?.type, "counter");
});

test("counts in a text file only grow, over every kind of rotation, and count each line once", async () => {
  const folder = await makeFolder();
  const [log, textfile] = [join(folder, "decisions.log"), join(folder, "virt-warden.prom")];
  const denied = 'virt_warden_denials_total{policy="a"}';
  let guests = 0;
  const line = (): string => logLine(1_770_000_000_000 + guests++, `web${guests}`, deniedBy("a"));
  const count = async (warning = ""): Promise<number | undefined> => {
    const { status, stdout, stderr } = await run([
      "metrics",
      "--file",
      log,
      "--textfile",
      textfile,
      "--bundle",
      folder,
    ]);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: warning });
    return samplesOf(readFileSync(textfile, "utf8"), "prometheus")[denied];
  };
  assert.equal(await count(), undefined, "no log yet");
  writeFileSync(log, line() + line());
  assert.equal(await count(), 2);
  assert.equal(await count(), 2, "nothing new");
  const half = line();
  appendFileSync(log, half.slice(0, 100));
  assert.equal(await count(), 2, "half a line");
  appendFileSync(log, half.slice(100) + line());
  assert.equal(await count(), 4);
  // two rotations by rename between two counts, the first one compressed, with lines that no count saw
  appendFileSync(log, line());
  writeFileSync(`${log}.2.gz`, gzipSync(readFileSync(log)));
  writeFileSync(`${log}.1`, line() + line());
  writeFileSync(log, line());
  assert.equal(await count(), 8);
  // rotated by copying, and grown beyond what it was
  appendFileSync(log, line());
  copyFileSync(log, `${log}-20260309`);
  truncateSync(log);
  appendFileSync(log, line() + line() + line() + line());
  assert.equal(await count(), 13);
  // rotated, and nothing came since
  renameSync(log, `${log}-20260310`);
  assert.equal(await count(), 13);
  appendFileSync(log, `${line()}damaged\n`);
  assert.equal(await count(), 14);
  const samples = samplesOf(readFileSync(textfile, "utf8"), "prometheus");
  assert.equal(samples.virt_warden_log_damaged_lines_total, 1);
  // no unfinished file is left
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => name.startsWith("virt-warden"))
      .sort(),
    ["virt-warden.prom", "virt-warden.prom.state"],
  );
  writeFileSync(`${textfile}.state`, "{}");
  assert.equal(
    await count(`virt-warden: warning: ${textfile}.state is damaged or of another log: counts begin again\n`),
    1,
  );
});
