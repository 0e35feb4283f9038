import assert from "node:assert/strict";
import { relative } from "node:path";
import { UserError } from "../../src/user-error.ts";

/** The lines that a refused task reports, with files relative to a folder: `file:line:column: message`. */
export async function problemsOf(task: Promise<unknown>, folder: string): Promise<string[]> {
  const error = await task.then(
    () => assert.fail("nothing was reported"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return error.problems.map(({ file, line, column, message }) =>
    [relative(folder, file), ...[line, column].filter((part) => part !== undefined), ` ${message}`].join(":"),
  );
}
