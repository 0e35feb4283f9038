import type { Reporter } from "../../src/testing/reporter.ts";
import type { TestFileResult } from "../../src/testing/results.ts";

/** A file whose tests went well but for one, with all that reports have to escape. */
export const mixed: TestFileResult = {
  file: "policies/no-host-passthrough.test.ts",
  ms: 31.2504,
  tests: [
    { name: "a guest is allowed", ms: 1.5, status: "passed" },
    {
      name: "the CPU mode: <a & 'b'> # SKIP \\ \u0001",
      ms: 2,
      status: "failed",
      problem: {
        message: 'expected: denied by "cpu"\ngot: allowed, ]]> and \ud800',
        place: { file: "policies/no-host-passthrough.test.ts", line: 6, column: 9 },
        details: ["  3 |   <cpu mode='host-model'/>\u001b[31m", "", "---", "..."],
      },
    },
  ],
};

/** A file that was stopped before any test ended. */
export const stopped: TestFileResult = {
  file: "policies/slow.test.ts",
  ms: 30_000,
  tests: [],
  error: { message: "the test never ends was stopped after 30 s", details: [] },
};

/** What a reporter writes of these files. */
export function reportOf(reporter: (write: (text: string) => void) => Reporter, files: readonly TestFileResult[]) {
  let report = "";
  const { fileDone, end } = reporter((text) => {
    report += text;
  });
  for (const file of files) fileDone(file);
  const tests = files.flatMap(({ tests }) => tests);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const errors = files.filter(({ error }) => error !== undefined).length;
  end({ files: files.length, passed, failed: tests.length - passed, errors, ms: 40_000 });
  return report;
}
