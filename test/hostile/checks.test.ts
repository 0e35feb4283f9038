import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { stderrProblems } from "./check-stderr.ts";
import { outcomeOf, readLogLine } from "./decision-log.ts";
import type { Judged } from "./judge-beside-honest.ts";
import { runMeasured, uniqueGuest } from "./measure.ts";
import { parseHeader } from "./parse-header.ts";

const FIRST = "virt-warden: denied by a-first: guest g may not start, says the first (at name)\n";
const LAST = "virt-warden: denied by z-last: guest g may not start, says the last (at name)\n";
const OWN = "virt-warden: policy hostile failed: timed out after 500 ms\n";

/** What is wrong with this on stderr, of a policy `hostile` beside honest denials. */
function problemsOf(stderr: string): readonly string[] {
  return stderrProblems({ stderr, guest: "g" } as Judged, "hostile", true);
}

describe("the check of stderr", () => {
  test("finds nothing wrong where both honest denials and the policy's own name are there", () => {
    assert.deepEqual(problemsOf(FIRST + LAST + OWN), []);
  });

  for (const [what, stderr, problem] of [
    ["a denial that was lost", FIRST + OWN, /^0 times on stderr: .*z-last/],
    ["a denial that was doubled", FIRST + LAST + LAST, /^2 times on stderr: .*z-last/],
    [
      "a line by another policy than one of the bundle",
      `${FIRST}${LAST}virt-warden: denied by other: x\n`,
      /by nobody/,
    ],
    ["a forged line of a true policy", `${FIRST}${LAST}virt-warden: denied by a-first: forged\n`, /by nobody/],
    ["a line without a beginning", `${FIRST}${LAST}forged\n`, /by nobody/],
    ["a sequence for terminals", `${FIRST}${LAST}virt-warden: denied by hostile: \u001b[2J\n`, /acts on a terminal/],
    ["a line that is cut off", FIRST + LAST + OWN.trimEnd(), /cut off/],
    ["too many lines", FIRST + LAST + OWN.repeat(19), /21 lines/],
    ["too many bytes", FIRST + LAST + OWN.replace("timed", "x".repeat(4000)), /bytes on stderr/],
  ] as const) {
    test(`finds ${what}`, () => {
      const problems = problemsOf(stderr);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", problem);
    });
  }
});

describe("the check of the decision log", () => {
  for (const [what, text, problem] of [
    ["no line", "", /no line/],
    ["a cut line", '{"status":0', /a cut line/],
    ["a second line", "{}\n{}\n", /2 lines/],
    ["a sequence for terminals", '{"x":"\u009b"}\n', /act on a terminal/],
  ] as const) {
    test(`finds ${what}`, () => assert.throws(() => readLogLine(text), problem));
  }

  test("tells a policy's own findings and failures from another's", () => {
    const finding = { policy: "a", level: "deny", mode: "enforce", reason: "x" } as const;
    const failure = { policy: "b", kind: "memory", message: "x" } as const;
    const logged = { status: 1, findings: [finding], failures: [failure], policies: [] } as const;
    assert.equal(outcomeOf(logged, "a"), "denied");
    assert.equal(outcomeOf(logged, "b"), "memory");
    assert.equal(outcomeOf(logged, "c"), "allowed");
    assert.equal(outcomeOf({ ...logged, failures: [{ ...failure, policy: "a" }] }, "a"), "denied, memory");
  });
});

describe("a hostile policy's first comment", () => {
  test("says what it attempts and what it must come to", () => {
    const source = "// Loops\n// without end.\n// Outcome: timeout or denied, timeout\n// Reason: /ms$/\ncode";
    assert.deepEqual(parseHeader(source, "a.ts"), {
      attempts: "Loops without end.",
      outcomes: ["timeout", "denied, timeout"],
      atBuild: [],
      reason: /ms$/,
    });
  });

  for (const [what, source] of [
    ["no comment", "code"],
    ["no outcome", "// Loops.\n"],
    ["nothing that it attempts", "// Outcome: timeout\n"],
    ["an outcome that there is not", "// Loops.\n// Outcome: fine\n"],
    ["text after the outcome", "// Loops.\n// Outcome: timeout\n// And more.\n"],
    ["an outcome although it is never bundled", "// Imports.\n// Outcome: timeout\n// At build: refused\n"],
  ]) {
    test(`is refused with ${what}`, () =>
      assert.throws(() => parseHeader(source ?? "", "a.ts"), /^Error: Cannot read a\.ts: /));
  }
});

test("what a run of the launcher takes is measured", async () => {
  const guest = uniqueGuest();
  const { status, seconds, peakBytes, left, leftFiles } = await runMeasured(["inspect", `--no-${guest}`], "", guest);
  assert.equal(status, 64);
  assert.ok(seconds > 0 && peakBytes > 2 ** 20, `${seconds} s, ${peakBytes} bytes`);
  assert.deepEqual([left, leftFiles], [[], []]);
});
