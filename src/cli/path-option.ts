import { InvalidArgumentError } from "commander";

/**
 * Reads the value of an option that is a path: an empty one, as an unset variable of a shell's gives, would be the
 * working folder.
 *
 * @throws {InvalidArgumentError} wrong usage, where it is empty.
 */
export function pathOption(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty, as a variable that is not set: name a path.");
  return value;
}
