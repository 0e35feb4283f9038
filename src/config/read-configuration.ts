import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UserError } from "../user-error.ts";
import { type Configuration, DEFAULT_LOG } from "./configuration.ts";
import { findPolicies } from "./find-policies.ts";
import { readLimits } from "./limits.ts";
import { readRules } from "./rules.ts";
import { type Entry, YamlFile } from "./yaml-file.ts";

const KEYS = ["policies", "limits", "log", "rules"];

/**
 * Reads `virt-warden.yaml` and finds the policies that it names.
 *
 * @param file the YAML file's path.
 * @throws {UserError} with every problem found, each at its line.
 */
export async function readConfiguration(file: string): Promise<Configuration> {
  const path = resolve(file);
  const yaml = new YamlFile(path, await readText(path));
  // what a broken file seems to say is not worth judging
  if (yaml.problems.length > 0) throw new UserError(yaml.problems);
  const folder = dirname(path);
  const entries = yaml.mapping(yaml.root, "the configuration", KEYS);
  const [policies, rules] = [entries.get("policies"), entries.get("rules")];
  const configuration: Configuration = {
    file: path,
    folder,
    policies: await findPolicies(yaml, policies?.value, policies?.key, folder),
    limits: readLimits(yaml, entries.get("limits")?.value),
    log: readLog(yaml, entries.get("log"), folder),
    rules: readRules(yaml, rules?.value),
    rulesPosition: yaml.position(rules?.key),
  };
  if (yaml.problems.length > 0) throw new UserError(yaml.problems.toSorted(byPlace));
  return configuration;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "no such file; name another with --config" : message;
    throw new UserError([{ file, message: `cannot read the configuration: ${reason}` }]);
  }
}

function readLog(yaml: YamlFile, entry: Entry | undefined, folder: string): string {
  const log = entry && yaml.text(entry, "log");
  if (log === undefined) return DEFAULT_LOG;
  // the launcher reads the path from a line of text
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be in it
  if (/[\x00-\x1f\x7f]|^\s|\s$/.test(log)) {
    yaml.problem(entry?.value, "log must be a path without line breaks, control characters or spaces around it");
  }
  return resolve(folder, log);
}

function byPlace(a: { line?: number; column?: number }, b: { line?: number; column?: number }): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
