import { buildBundle } from "../../src/bundle/build-bundle.ts";
import { describeProblems } from "../../src/bundle/describe-problems.ts";
import { type Description, describePolicies } from "../../src/sandbox/describe.ts";
import { formatProblem, type Problem, UserError } from "../../src/user-error.ts";
import type { BuildOutcome, HostilePolicy } from "./attempt.ts";
import type { BuiltCollection } from "./build-collection.ts";
import type { Collection } from "./read-collection.ts";

/** What building a policy beside the honest ones came to. */
export interface BuildChecked {
  readonly outcome: BuildOutcome | "built" | "no answer";
  readonly seconds: number;
  readonly problems: readonly string[];
}

/** Builds a policy that is hostile while it is built: the build must end, with a problem at that policy's file. */
export async function checkBuild(
  policy: HostilePolicy,
  { configuration, honest }: Collection,
  { request }: BuiltCollection,
): Promise<BuildChecked> {
  const files = [honest[0], policy.file, honest[1]];
  const started = performance.now();
  const ended = (outcome: BuildChecked["outcome"], problems: readonly string[]): BuildChecked => {
    const expected = (policy.atBuild as readonly string[]).includes(outcome);
    const wrong = expected ? [] : [`the build came to ${outcome} instead of ${policy.atBuild.join(" or ")}`];
    return { outcome, seconds: (performance.now() - started) / 1000, problems: [...wrong, ...problems] };
  };
  if (policy.atBuild.includes("refused")) {
    const refusal = await buildBundle({ ...configuration, policies: files, rules: [] }).catch(
      (error: unknown) => error,
    );
    if (!(refusal instanceof UserError)) return ended("built", [`no problem was reported: ${refusal}`]);
    return ended("refused", problemProblems(refusal.problems, policy.file));
  }
  const slices = files.map((file) => request.policies.find((each) => each.file === file));
  const asked = { ...request, policies: slices.filter((slice) => slice !== undefined) };
  let descriptions: Description[];
  try {
    descriptions = await describePolicies(asked);
  } catch (error) {
    return ended("no answer", [(error as Error).message]);
  }
  const own = descriptions.find(({ file }) => file === policy.file);
  const others = descriptions.filter(({ file, ok }) => file !== policy.file && ok).length;
  const problems = own === undefined ? [] : describeProblems(own, configuration);
  const outcome = own === undefined ? "no answer" : own.ok ? "built" : own.code;
  // settings are wrong where they are configured
  const place = outcome === "settings" ? configuration.file : policy.file;
  return ended(outcome, [
    ...(others === honest.length ? [] : [`${others} of ${honest.length} honest policies were described`]),
    ...problemProblems(problems, place),
  ]);
}

/** A problem names the file, in one line of bounded length that does nothing to a terminal. */
function problemProblems(problems: readonly Problem[], file: string): string[] {
  const lines = problems.map(formatProblem);
  return [
    ...(problems.length > 0 && problems.every((each) => each.file === file) ? [] : ["no problem that names the file"]),
    ...(lines.join("\n").length <= 20_000 ? [] : [`${lines.join("\n").length} characters of problems`]),
    ...lines
      .filter((line) => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line))
      .map((line) => `a problem acts on a terminal: ${JSON.stringify(line.slice(0, 200))}`),
  ];
}
