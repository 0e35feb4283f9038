import { isAbsolute, relative } from "node:path";
import { printable } from "./hook/printable.ts";

/** Something that the user has to put right, and where. */
export interface Problem {
  /** The file's absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line?: number;
  /** In characters, 1-based; only with a line. */
  readonly column?: number;
  readonly message: string;
}

/** What the user wrote or asked for is wrong; never a fault of virt-warden itself. The message is a line a problem. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly problems: readonly Problem[];

  /** @param problems at least one. */
  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** `file:line:column: message`, as compilers print it, on one line that does nothing to a terminal. */
export function formatProblem({ file, line, column, message }: Problem): string {
  const place = [printable(displayPath(file)), line, line === undefined ? undefined : column];
  return `${place.filter((part) => part !== undefined).join(":")}: ${printable(message)}`;
}

/** A path as people read it: relative where it lies under the working folder, unless that is `/`, as all does. */
export function displayPath(file: string): string {
  const working = process.cwd();
  if (working === "/") return file;
  const path = relative(working, file);
  return path === "" || path === ".." || path.startsWith("../") || isAbsolute(path) ? file : path;
}
