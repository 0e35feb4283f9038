import { fileProblem } from "../install/file-problem.ts";
import { formatProblem, UserError } from "../user-error.ts";

/**
 * Says what the user has to put right.
 *
 * @param what what failed, such as `cannot install`, for an error of the file system.
 * @throws what else it is.
 */
export function problemText(error: unknown, what: string): string {
  if (error instanceof UserError) return error.message;
  if (!(error instanceof Error && "syscall" in error)) throw error;
  const failed = error as NodeJS.ErrnoException;
  return failed.path === undefined
    ? `virt-warden: ${what}: ${failed.message}`
    : formatProblem(fileProblem(failed, what));
}
