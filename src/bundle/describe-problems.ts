import { resolve } from "node:path";
import type { Configuration } from "../config/configuration.ts";
import { cutText } from "../hook/cut-text.ts";
import { printable } from "../hook/printable.ts";
import type { Description } from "../sandbox/describe.ts";
import type { Problem } from "../user-error.ts";

/** What is wrong with a policy that could not be described; nothing for one that could. */
export function describeProblems(description: Description, configuration: Configuration): Problem[] {
  if (description.ok) return [];
  const { file, code, message, name, issues, place } = description;
  if (code === "settings") return settingsProblems(name ?? "", message, issues ?? [], configuration);
  const problem = MESSAGES[code](printable(oneLine(message)));
  if (place === undefined) return [{ file, line: 1, message: problem }];
  const { source, line, column } = place;
  return [{ file: resolve(configuration.folder, source), line, column, message: problem }];
}

const MESSAGES: Readonly<Record<Exclude<Failure["code"], "settings">, (message: string) => string>> = {
  "no-default-export": () => "no default export: a policy's file ends in export default definePolicy({ … })",
  invalid: (message) => `not a valid policy: ${message}`,
  exception: (message) =>
    message.startsWith(BY_SCHEMA)
      ? `cannot validate the settings: their schema threw ${thrown(message.slice(BY_SCHEMA.length))}`
      : `cannot load the policy: it threw ${thrown(message)}`,
  timeout: (message) => `cannot load the policy: ${message}`,
  memory: (message) => `cannot load the policy: ${message}`,
};

/** As `guest/describe.ts` begins what a settings' schema threw. */
const BY_SCHEMA = "the settings' schema: ";

/** Of what is no error the message says that it was thrown. */
function thrown(message: string): string {
  return message.replace(/^threw /, "");
}

type Failure = Extract<Description, { ok: false }>;
type Issue = NonNullable<Failure["issues"]>[number];

function settingsProblems(
  name: string,
  message: string,
  issues: readonly Issue[],
  { file, rules, rulesPosition }: Configuration,
): Problem[] {
  const rule = rules.find(({ policy }) => policy === name);
  const reported = issues.length > 0 ? issues : [{ message, path: [] }];
  return reported.map((issue) => {
    const what = `rules.${name}.settings${issue.path.map(formatStep).join("")}`;
    const place = rule?.locateSetting(issue.path) ?? rulesPosition;
    const message = `${what} is not what the policy accepts: ${oneLine(issue.message)}`;
    return { file, ...place, message: cutText(printable(message), MAX_ISSUE) };
  });
}

function formatStep(step: string | number): string {
  return typeof step === "number" ? `[${step}]` : `.${step}`;
}

/** In UTF-16 units; a schema can find many issues. */
const MAX_ISSUE = 500;

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
