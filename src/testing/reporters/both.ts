import type { Reporter } from "../reporter.ts";

/** Tells two reporters everything. */
export function both(first: Reporter, second: Reporter): Reporter {
  return {
    fileStarted(file) {
      first.fileStarted?.(file);
      second.fileStarted?.(file);
    },
    fileDone(result) {
      first.fileDone(result);
      second.fileDone(result);
    },
    end(summary) {
      first.end(summary);
      second.end(summary);
    },
  };
}
