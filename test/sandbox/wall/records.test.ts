import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { EngineFailure } from "../../../src/engine/engine-failure.ts";
import { readRecord } from "../../../src/sandbox/read-record.ts";
import type { Built } from "../../support/launcher.ts";
import { always, evalBy, hookBy, logOf, type Runs, recordOf } from "./fake.ts";
import { makeProduct, type Product } from "./product.ts";
import { buildHonest } from "./run-probe.ts";

const START = "virt-warden-record 1\n";
const LOG = `log ${JSON.stringify(logOf(0))}\n`;
const REASON = "stderr virt-warden: denied by a: x";
const GOOD = recordOf(0);
// without policies: a fault after one looks like its crash, which is another test's matter
const BARE = GOOD.replaceAll(/^policy .*\n/gm, "");

/** Records that are not whole, or not one verdict. */
const BROKEN: Readonly<Record<string, Runs>> = {
  "is empty": always(""),
  "is there twice": always(GOOD + GOOD),
  "has two verdicts": always(`${START}verdict 0\nverdict 1\n${LOG}end\n`),
  "allows after a denial": always(`${START}verdict 1\n${REASON}\n${LOG}verdict 0\n${LOG}end\n`),
  "has no verdict": always(`${START}${LOG}end\n`),
  "has a verdict beyond 3": always(recordOf(4)),
  "has a verdict below 0": always(`${START}verdict -1\n${LOG}end\n`),
  "has a verdict of two digits": always(recordOf(10)),
  "has an empty verdict": always(`${START}verdict \n${LOG}end\n`),
  "has no log line": always(`${START}verdict 0\nend\n`),
  "has two log lines": always(`${START}verdict 0\n${LOG}${LOG}end\n`),
  "has a log line that is no object": always(`${START}verdict 0\nlog []\nend\n`),
  "has stderr lines of somebody else": always(recordOf(1, "stderr libvirt: all is well")),
  "has stderr lines before its verdict": always(`${START}${REASON}\nverdict 1\n${LOG}end\n`),
  "has stderr lines after its log line": always(`${START}verdict 1\n${LOG}${REASON}\nend\n`),
  "has more than 20 stderr lines": always(recordOf(1, ...Array<string>(21).fill(REASON))),
  "has more than 4 KiB for stderr": always(recordOf(1, REASON + "y".repeat(4096))),
  "has a control character for stderr": always(recordOf(1, `${REASON}\u001b[2J`)),
  "has a carriage return for stderr": always(recordOf(1, `${REASON}\rvirt-warden: allowed`)),
  "has a control character for the log": always(`${START}verdict 0\nlog {"a":"\u0007"}\nend\n`),
  "has something after its end": always(`${BARE}virt-warden: more\n`),
  "has an end of the wall's own": always(`${BARE}ended 0\n`),
  "has something before its start": always(`garbage\n${BARE}`),
  "has another version": always(GOOD.replace("record 1", "record 2")),
  "is in another order": always(`${START}${LOG}verdict 0\nend\n`),
  "lacks its last line end": always(BARE.trimEnd()),
  "has words that are not known": always(`${START}allow\nverdict 0\n${LOG}end\n`),
  "has 4 MiB of lines for stderr": {
    "*": {
      write: [
        [`${START}verdict 1\n`, 1],
        [`${REASON}\n`, 110_000],
        [`${LOG}end\n`, 1],
      ],
    },
  },
  "has 5 MiB of lines": {
    "*": {
      write: [
        [START, 1],
        ["policy a\n", 582_543],
        [GOOD, 1],
      ],
    },
  },
  "has a line of 5 MiB": {
    "*": {
      write: [
        [START, 1],
        ["policy ", 1],
        ["a", 5 << 20],
        [`\n${GOOD}`, 1],
      ],
    },
  },
  "has a log line of 5 MiB": {
    "*": {
      write: [
        [`${START}verdict 0\nlog {"a":"`, 1],
        ["a", 5 << 20],
        ['"}\nend\n', 1],
      ],
    },
  },
};

describe("a record that", { concurrency: 2 }, () => {
  let built: Built;
  let fake: Product;
  before(async () => {
    built = await buildHonest(3);
    fake = await makeProduct("fake.cjs");
  });

  test("is whole is the verdict, for the hook and for eval", async () => {
    for (const status of [0, 1, 2, 3]) {
      const ended = await hookBy(fake, built, always(recordOf(status, REASON)));
      assert.deepEqual(ended, { status, stdout: "", stderr: `${REASON.slice("stderr ".length)}\n` });
      // eval starts a Node more each time
      if (status < 2) assert.equal((await evalBy(fake, built, always(recordOf(status, REASON)))).status, status);
    }
  });

  test("is whole is the verdict even of a process that died after it", async () => {
    assert.equal((await hookBy(fake, built, always(recordOf(1, REASON), "abort"))).status, 1);
  });

  for (const [what, runs] of Object.entries(BROKEN)) {
    test(`${what} is an engine failure`, () => assertFailure(runs));
  }

  test("is cut off is an engine failure, wherever that is", async () => {
    const lines = BARE.replace("log", "stderr virt-warden: warning by a: x\nlog").split("\n");
    for (let kept = 0; kept < lines.length - 1; kept += 1) {
      const text = lines.slice(0, kept).join("\n");
      await assertFailure(always(`${text}\n`));
    }
    await assertFailure(always(lines.join("\n").slice(0, -3)));
  });

  test("is broken is an engine failure for eval too, with its code", async () => {
    const { status, error } = await evalBy(fake, built, always(`garbage\n${GOOD}`));
    assert.deepEqual({ status, code: error?.code }, { status: 3, code: "evaluator" });
  });

  async function assertFailure(runs: Runs): Promise<void> {
    const { status, stdout, stderr } = await hookBy(fake, built, runs);
    assert.match(stderr, /^virt-warden: engine failure: [ -~]+\n$/);
    assert.deepEqual([status, stdout], [3, ""]);
    // as bin/evaluate prints it for the other commands
    const record = runs["*"]?.write.map(([text, times]) => text.repeat(times)).join("");
    assert.throws(() => readRecord(`${record}ended 0\n`.slice(-(4 << 20)), ""), EngineFailure);
  }
});
