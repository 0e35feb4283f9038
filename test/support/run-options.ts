/**
 * Reads the options of a test program, or says what it tells instead of running.
 *
 * @param read gives undefined where help is asked for, and throws an error for people where the options are wrong.
 * @returns the options, or the exit status where there is nothing to run.
 */
export function optionsOrStatus<T>(read: () => T | undefined, usage: string): { options: T } | { status: number } {
  let options: T | undefined;
  try {
    options = read();
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return { status: 64 };
  }
  if (options !== undefined) return { options };
  process.stdout.write(usage);
  return { status: 0 };
}

/**
 * Reads an option of at most so many digits.
 *
 * @throws an error for people.
 */
export function wholeNumber(option: string, text: string, digits: number): number {
  if (/^[0-9]+$/.test(text) && text.length <= digits) return Number(text);
  throw new Error(`Cannot run: --${option} is no whole number below ${10 ** digits}: ${text}`);
}
