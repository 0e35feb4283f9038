import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { start } from "../support/launcher.ts";
import { missingForLibvirt } from "./host/requirements.ts";
import { readWarmCounts } from "./run/warm-counts.ts";
import { WARM } from "./served.ts";

/** Scenarios that between them have every kind of event, by file; `npm run test:libvirt -- --warm` runs all. */
const SCENARIOS: Readonly<Record<string, readonly string[]>> = {
  admission: [
    "with the installed hooks starts a guest that every policy allows",
    "does not start a guest that a policy denies at prepare, and tells virsh the reason",
    "does not start a guest that a policy denies at start, when all is made ready for it, and leaves no process",
  ],
  migration: [
    "aborts with the reason when the destination's policy denies, and the guest keeps running at its source",
    "succeeds when the destination's policy allows it, and the source logs the departure",
    "moves a guest to other disk paths and another bridge where policies rewrite its document",
  ],
  restore: [
    "restores what every policy allows, however it is written",
    "restores a guest whose disk has moved where a policy rewrites its path, however that is written",
  ],
  network: ["does not start a guest that may not, and tells virsh the reason", "starts a guest that may"],
  "many-guests": ["start all twenty where there is room: none is refused because of the load, none is counted twice"],
  "daemon-restart": ["under a policy that denies everything, while new guests are refused"],
  "when-running": [
    "is only logged at started, as is the failure of a policy that may kill",
    'ends the guest at started where the policy says whenRunning: "kill", and tells virsh the reason',
  ],
  lxc: [
    "does not start one that a policy denies at prepare, and tells virsh the reason",
    "starts one that every policy allows, and has all of its events logged until its end",
  ],
};

const TITLES = Object.values(SCENARIOS).flat();

describe("a warm evaluator on a host", { skip: missingForLibvirt(), timeout: 600_000 }, () => {
  it(`comes to the same in ${TITLES.length} scenarios with guests, containers, networks and migrations`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "virt-warden-warm-"));
    try {
      const files = Object.keys(SCENARIOS).map((name) => join(import.meta.dirname, `${name}.test.ts`));
      const patterns = TITLES.map((title) => `--test-name-pattern=${escaped(title)}$`);
      const words = [
        "--no-node-snapshot",
        "--test",
        "--test-concurrency=1",
        "--test-reporter=tap",
        ...patterns,
        ...files,
      ];
      // as an inner part of this test it would run nothing
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const { status, stdout, stderr } = await start(process.execPath, words, "", { env: { ...env, [WARM]: folder } })
        .ended;
      assert.equal(status, 0, stdout + stderr);
      assert.match(stdout, new RegExp(`^# pass ${TITLES.length}$`, "m"), stdout);
      const { answers, logged } = readWarmCounts(folder);
      assert.equal(answers.length, logged);
      const undecided = answers.filter((answer) => answer !== "record");
      // where a scenario has just built a bundle, that is still being loaded
      assert.deepEqual(
        [...new Set(undecided)].filter((answer) => answer !== "undecided another bundle"),
        [],
      );
      assert.ok(undecided.length < answers.length / 10, `${undecided.length} of ${answers.length} undecided`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A text as a pattern that matches it alone. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
