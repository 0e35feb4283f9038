import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { makeFolder } from "../support/folder.ts";
import { type Built, build, type Ended, hook, run } from "../support/launcher.ts";
import { deniedBy, logLine } from "../support/log-line.ts";

const POLICIES = {
  denies: 'if (context.object.startsWith("bad")) context.deny("not \\u202e this one", { at: "name" });',
  warns: 'if (context.object !== "web1") context.warn("careful ".repeat(20));',
  throws: 'if (context.object === "thrown") throw new RangeError("oh");',
};

describe("log of what the hook decided", () => {
  let built: Built;
  let lines: readonly string[];
  before(async () => {
    built = await build(POLICIES);
    for (const object of ["web1", "bad1", "bad2", "thrown"]) {
      await hook(built.bundle, ["qemu", object, "prepare", "begin", "-"]);
    }
    // the launcher's own line, which has fewer fields
    await hook(built.bundle, ["qemu", "web1", "explode", "begin", "-"]);
    await hook(built.bundle, ["qemu", "empty", "prepare", "begin", "-"], "");
    lines = readFileSync(built.log, "utf8").trimEnd().split("\n");
  });

  const log = (...words: readonly string[]): Promise<Ended> => run(["log", "--bundle", built.bundle, ...words]);

  test("it shows each decision with its reasons, in 80 columns, and nothing that acts on a terminal", async () => {
    const { status, stdout, stderr } = await log();
    assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
    assert.match(stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}ALLOW {2}web1 qemu\/prepare$/m);
    assert.match(
      stdout,
      /^\S+ \S+ {2}DENY {3}bad1 qemu\/prepare\n {2}deny by denies: not \\u\{202e\} this one \(at name\)$/m,
    );
    assert.match(stdout, /^ {2}policy throws failed: RangeError: oh/m);
    assert.match(stdout, /^ {2}engine failure: /m);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
    assert.match(stdout, /^[\n -~]*$/);
  });

  test("--json passes the lines on that are asked for, as the log has them", async () => {
    assert.equal((await log("--json")).stdout, `${lines.join("\n")}\n`);
    const chosen = async (...words: readonly string[]): Promise<readonly number[]> =>
      (await log("--json", ...words)).stdout
        .split("\n")
        .slice(0, -1)
        .map((line) => lines.indexOf(line));
    assert.deepEqual(await chosen("--guest", "bad*"), [1, 2]);
    assert.deepEqual(await chosen("--policy", "throws"), [3]);
    assert.deepEqual(await chosen("--decision", "deny", "--guest", "b*", "--lines", "1"), [2]);
    assert.deepEqual(await chosen("--decision", "failed", "--guest", "thrown"), [3]);
    assert.deepEqual(await chosen("--since", "1h", "--lines", "2"), [lines.length - 2, lines.length - 1]);
    assert.deepEqual(await chosen("--until", "1h"), []);
  });

  test("--summary adds up by policy", async () => {
    const { stdout } = await log("--summary");
    assert.match(stdout, new RegExp(`^${lines.length} decisions: \\d allowed, \\d denied$`, "m"));
    assert.match(stdout, /^denies +2 +2 +0 +0 +0 +\d{4}-\d\d-\d\d \d\d:\d\dZ$/m);
    assert.match(stdout, /^warns +0 +0 +3 /m);
    assert.match(stdout, /^throws +exception +1 /m);
    assert.match(stdout, /^\(virt-warden\) +empty +1 /m);
    assert.deepEqual(
      stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
  });
});

test("logs that were put aside are read as far back as is asked for, the oldest first", async () => {
  const folder = await makeFolder({
    "decisions.log": logLine("2026-03-09T00:00:00Z", "now"),
    "decisions.log.1": logLine("2026-03-08T00:00:00Z", "day-8"),
    "decisions.log.old": logLine("2026-03-08T00:00:00Z", "other"),
    "decisions.log.4.xz": "?",
  });
  const file = join(folder, "decisions.log");
  writeFileSync(`${file}.2.gz`, gzipSync(logLine("2026-03-07T00:00:00Z", "day-7")));
  writeFileSync(`${file}.3.zst`, zstdCompressSync(logLine("2026-03-06T00:00:00Z", "day-6")));
  writeFileSync(`${file}-20260305.gz`, gzipSync(logLine("2026-03-05T00:00:00Z", "day-5")));
  const guests = async (...words: readonly string[]): Promise<string> => {
    const { stdout } = await run(["log", "--file", file, ...words]);
    return stdout
      .replace(/^.*(?:ALLOW|DENY) +(\S+).*$/gm, "$1")
      .trim()
      .replaceAll("\n", " ");
  };
  assert.equal(await guests(), "now");
  assert.equal(await guests("--since", "2026-03-07"), "day-7 day-8 now");
  assert.equal(await guests("--since", "2026-01-01"), "day-5 day-6 day-7 day-8 now");
  assert.equal(await guests("--until", "2026-03-06"), "day-5 day-6");
  const { stderr, status } = await run(["log", "--file", file, "--since", "2026-01-01"]);
  assert.equal(status, 0);
  assert.match(
    stderr,
    /^virt-warden: warning: cannot read .*decisions\.log\.4\.xz: unpack it first: xz is not read here$/m,
  );
});

test("damaged lines are counted on stderr and stop nothing, and a gz that was cut off is said", async () => {
  const whole = logLine("2026-03-09T00:00:00Z", "web1");
  const damaged = ["null", "{}", '{"time":"x"}', whole.slice(0, 40), `"${"x".repeat(2 ** 21)}"`, "\u{0}\u{ff}"];
  const folder = await makeFolder({
    log: `${damaged.join("\n")}\n\n${whole}${logLine(0, "bad", deniedBy("a"))}${whole.trimEnd()}`,
  });
  const { status, stdout, stderr } = await run(["log", "--file", join(folder, "log"), "--json", "--guest", "web1"]);
  assert.deepEqual({ status, stdout }, { status: 0, stdout: whole.repeat(2) });
  assert.equal(stderr, "virt-warden: warning: 6 damaged lines of the log were left out\n");
  const packed = gzipSync(whole + Array.from({ length: 50 }, () => logLine(0, crypto.randomUUID())).join(""));
  writeFileSync(join(folder, "log.1.gz"), packed.subarray(0, -20));
  const cut = await run(["log", "--file", join(folder, "log"), "--since", "2020-01-01", "--guest", "web1"]);
  assert.equal(cut.status, 0);
  assert.match(cut.stderr, /cannot read (?:all of )?.*log\.1\.gz: unexpected end of file/);
});

test("that break-glass began is shown with who began it, and decisions under it say so", async () => {
  const breakGlass = { until: "2026-01-31T12:00:00Z", by: "uid 1000", reason: "outage" };
  const begins = `${JSON.stringify({ level: 40, time: 0, breakGlass, bundle: "d1ce", msg: "break-glass begins" })}\n`;
  const folder = await makeFolder({ log: `${begins}${logLine(1, "web1", { breakGlass })}` });
  const { stdout, stderr } = await run(["log", "--file", join(folder, "log")]);
  assert.equal(stderr, "");
  assert.equal(
    stdout,
    "1970-01-01 00:00:00Z  break-glass begins\n  until 2026-01-31T12:00:00Z, by uid 1000: outage\n" +
      "1970-01-01 00:00:00Z  ALLOW  web1 qemu/prepare\n" +
      "  break-glass: all policies in audit until 2026-01-31T12:00:00Z, by uid 1000:\n    outage\n",
  );
});

test("a log that cannot be read is 1, wrong usage is 64, each with one clear line", async () => {
  const file = join(await makeFolder(), "decisions.log");
  const cases = [
    [
      ["--file", file],
      1,
      /^virt-warden: cannot read the log: ENOENT: no such file or directory, open '.*decisions\.log'\n$/,
    ],
    [
      ["--bundle", file],
      1,
      /^.*current\/manifest\.json: cannot read where decisions are logged: ENOENT.*; or name it by --file\n$/,
    ],
    [["--since", "yesterday"], 64, /It is no time: write 2026-01-31/],
    [["--follow", "--summary"], 64, /^error: --follow and --summary exclude each other\n$/],
    [["--decision", "no"], 64, /Allowed choices are allow, deny, failed/],
    [["--lines", "0"], 64, /It is a number from 1/],
  ] as const;
  for (const [words, expected, message] of cases) {
    const { status, stdout, stderr } = await run(["log", ...words]);
    assert.deepEqual({ status, stdout }, { status: expected, stdout: "" }, words.join(" "));
    assert.match(stderr, message);
  }
});
