const ERASE_LINE = "\r\u001B[K";

/** Says on a terminal how many files are done; nothing elsewhere, and no more once all are. */
export function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(done < all ? `${ERASE_LINE}${done} of ${all} files` : ERASE_LINE);
}
