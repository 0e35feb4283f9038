import assert from "node:assert/strict";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { Script } from "node:vm";
import { bundlePolicies } from "../../src/bundle/bundle-policies.ts";
import { codeOfSlice } from "../../src/bundle/policy-slice.ts";
import { formatCoverage, missedText } from "../../src/testing/coverage/format-coverage.ts";
import { lcovText } from "../../src/testing/coverage/lcov.ts";
import { type CoveredBundle, type FileCoverage, lineCoverage } from "../../src/testing/coverage/line-coverage.ts";
import { RanUnits, type RawCoverage } from "../../src/testing/coverage/raw-coverage.ts";
import { makeFolder } from "../support/folder.ts";

const CPU = `import { definePolicy } from "virt-warden";
import { isNamed } from "./lib/modes.ts";

interface Unused {
  readonly nothing: string;
}

export default definePolicy({
  name: "cpu",
  check({ domain, deny, warn }) {
    const mode = domain.cpu?.mode;
    if (isNamed(mode)) {
      return undefined;
    }
    if (mode === undefined) warn("no mode");
    if (mode === "maximum") {
      deny("as much as there is");
    } else {
      deny("not named");
    }
    return undefined;
  },
});
`;

const MODES = `/** Not a line of code. */
export function isNamed(mode: string | undefined): boolean {
  return mode === "custom";
}

export function isUsedByNobody(mode: string): boolean {
  return mode === "";
}

export function isNeverCalled(mode: string): boolean {
  return mode !== "custom";
}
`;

const OTHER = `import { definePolicy } from "virt-warden";
import { isNamed, isNeverCalled } from "./lib/modes.ts";

export default definePolicy({
  name: "other",
  check({ domain, deny }) {
    const modes = [domain.cpu?.mode ?? "none"];
    if (modes.some(isNeverCalled) && isNamed(modes[0])) deny("other");
    return undefined;
  },
});
`;

const HEAD = "(() => { ";

type Check = (context: object) => void;

let scripts = 0;

/** Calls the checks of a bundle's policies, and gives what V8 counts of them, as the sandbox does. */
async function countRuns(bundle: CoveredBundle, calls: Readonly<Record<string, readonly object[]>>) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const coverage: Record<string, readonly number[]> = {};
  for (const { name, offset, length } of bundle.manifest.policies) {
    const code = codeOfSlice(bundle.code.subarray(offset, offset + length));
    // V8 knows a script again by its name and text, with its earlier counts
    const filename = `policy-${++scripts}`;
    const ran = new RanUnits(code.length);
    for (const domain of calls[name] ?? []) {
      const load = new Script(`${HEAD}${code}\nreturn __policy; })`, { filename }).runInThisContext() as () => {
        default: { check: Check };
      };
      load().default.check({ domain, deny: () => {}, warn: () => {} });
      const { result } = await session.post("Profiler.takePreciseCoverage");
      for (const { functions } of result.filter(({ url }) => url === filename)) ran.count(functions, HEAD.length);
    }
    coverage[name] = ran.parts;
  }
  session.disconnect();
  return coverage;
}

let bundle: CoveredBundle;

before(async () => {
  const folder = await makeFolder({ "cpu.ts": CPU, "other.ts": OTHER, "lib/modes.ts": MODES });
  const { code, slices } = await bundlePolicies([join(folder, "cpu.ts"), join(folder, "other.ts")], folder);
  const policies = slices.map(({ offset, length }, index) => ({ name: index === 0 ? "cpu" : "other", offset, length }));
  bundle = { code, manifest: { policies } };
});

function missed(files: readonly FileCoverage[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file.file, missedText(file)]));
}

async function missedBy(...runs: readonly Readonly<Record<string, readonly object[]>>[]) {
  const coverages: RawCoverage[] = [];
  for (const calls of runs) coverages.push(await countRuns(bundle, calls));
  return missed(lineCoverage(bundle, coverages));
}

test("branches that were not taken and functions that were not called are not covered, by the lines of the sources", async () => {
  assert.deepEqual(await missedBy({ cpu: [{ cpu: { mode: "maximum" } }] }), {
    "cpu.ts": "13, 15*, 19",
    "lib/modes.ts": "10–11",
    "other.ts": "4–9",
  });
});

test("what several processes ran counts together, and so does a file that two policies import", async () => {
  const first = { cpu: [{}, { cpu: { mode: "custom" } }] };
  const second = { cpu: [{ cpu: { mode: "maximum" } }], other: [{ cpu: { mode: "host-model" } }, {}] };
  assert.deepEqual(await missedBy(first, second), { "cpu.ts": "", "lib/modes.ts": "", "other.ts": "8*" });
});

test("lines without code do not count, nor does what bundling left out", async () => {
  const [cpu, modes] = lineCoverage(bundle, []);
  assert.deepEqual([...(cpu?.lines.keys() ?? [])], [8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 21]);
  assert.deepEqual([...(modes?.lines.keys() ?? [])], [2, 3, 10, 11]);
});

test("the table has a row a file, 80 columns wide, and tracefiles name what ran", async () => {
  const files = lineCoverage(bundle, [await countRuns(bundle, { cpu: [{ cpu: { mode: "maximum" } }] })]);
  assert.equal(
    formatCoverage(files),
    [
      "file              lines  covered  not covered",
      "cpu.ts             8/11   72.7 %  13, 15*, 19",
      "lib/modes.ts        2/4   50.0 %  10–11",
      "other.ts            0/6    0.0 %  4–9",
      "all files         10/21   47.6 %",
      "* of this line only a part ran",
    ].join("\n"),
  );
  const lines = new Map(Array.from({ length: 60 }, (_, line) => [line + 1, line % 2 === 0 ? "ran" : "not"] as const));
  const wide = formatCoverage([{ file: `${"long/".repeat(20)}a.ts`, lines }]);
  assert.ok(wide.split("\n").every((line) => line.length <= 80));
  assert.match(lcovText(files, "/etc/virt-warden"), /^SF:\/etc\/virt-warden\/cpu.ts\nDA:8,1\n(DA:.*\n)*LF:11\nLH:8\n/m);
});
