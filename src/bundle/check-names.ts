import { readFile } from "node:fs/promises";
import type { Configuration } from "../config/configuration.ts";
import { suggestion } from "../nearest.ts";
import type { Description } from "../sandbox/describe.ts";
import { displayPath, type Problem } from "../user-error.ts";

const VALID = /^[a-z0-9-]+$/;

/** Every policy has a name of its own, and every rule names one of them. */
export async function checkNames(
  descriptions: readonly Description[],
  configuration: Configuration,
): Promise<Problem[]> {
  const named = descriptions.flatMap(({ file, name }) =>
    name !== undefined && VALID.test(name) ? [{ file, name }] : [],
  );
  const problems: Problem[] = [];
  const files = new Map<string, string>();
  for (const { file, name } of named) {
    const first = files.get(name);
    if (first === undefined) files.set(name, file);
    else problems.push(await duplicate(name, first, file));
  }
  // a policy that could not be loaded may be the one that a rule names
  return named.length < descriptions.length ? problems : [...problems, ...strayRules(files, configuration)];
}

async function duplicate(name: string, first: string, file: string): Promise<Problem> {
  const firstLine = await nameLine(first, name);
  const line = await nameLine(file, name);
  const message = `policy name ${name} is taken by ${displayPath(first)}:${firstLine}: give each policy a name of its own`;
  return { file, line, message };
}

/** The line of the property `name`; 1 when the name is not written out. */
async function nameLine(file: string, name: string): Promise<number> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const written = new RegExp(`\\bname["']?\\s*:\\s*(["'\`])${name}\\1`);
  return Math.max(1, lines.findIndex((line) => written.test(line)) + 1);
}

function strayRules(policies: ReadonlyMap<string, string>, { file, rules }: Configuration): Problem[] {
  return rules
    .filter(({ policy }) => !policies.has(policy))
    .map(({ policy, position }) => {
      const hint = suggestion(policy, policies.keys()) || `; there are ${[...policies.keys()].join(", ")}`;
      return { file, ...position, message: `rule for ${policy}, a name that no policy has${hint}` };
    });
}
