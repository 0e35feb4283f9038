import type { TestFileResult, TestSummary } from "./results.ts";

/** Says how tests go, while they run or at their end. */
export interface Reporter {
  fileStarted?(file: string): void;
  fileDone(result: TestFileResult): void;
  end(summary: TestSummary): void;
}

/** Takes a part of a report, with the line ends that belong to it. */
export type Write = (text: string) => void;
