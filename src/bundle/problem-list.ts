import type { Problem } from "../user-error.ts";

/** Each problem once: what several policies import is read for each of them. */
export function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** A syntax error's code. */
const SYNTAX = /\(TS1\d{3}\)$/;

/** The bundler's problems, and those of the compiler's that do not say the same again. */
export function withoutEchoes(bundler: readonly Problem[], compiler: readonly Problem[]): Problem[] {
  const lines = new Set(bundler.map(line));
  const files = new Set(bundler.map(({ file }) => file));
  // the two may notice one syntax error at different places
  const echoes = (problem: Problem) =>
    lines.has(line(problem)) || (files.has(problem.file) && SYNTAX.test(problem.message));
  return [...bundler, ...compiler.filter((problem) => !echoes(problem))];
}

function line(problem: Problem): string {
  return `${problem.file}:${problem.line}`;
}
